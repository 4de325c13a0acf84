package rollcast.rules_test["job-parallelism-unused"]

import data.rollcast.rules["job-parallelism-unused"] as rule

test_more if {
	count(rule.findings) == 1 with input as {"run": {"id": 1, "completions": 2, "parallelism": 5}}
}

test_equal if {
	count(rule.findings) == 0 with input as {"run": {"id": 1, "completions": 5, "parallelism": 5}}
}

test_work_queue if {
	count(rule.findings) == 0 with input as {"run": {"id": 1, "parallelism": 5}}
}
