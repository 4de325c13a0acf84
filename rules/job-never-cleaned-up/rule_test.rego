package rollcast.rules_test["job-never-cleaned-up"]

import data.rollcast.rules["job-never-cleaned-up"] as rule

found(run) := count(list) if list := rule.findings with input as {"run": object.union({"id": 1, "hook": false}, run)}

test_stays if {
	found({}) == 1
	found({"ttlSecondsAfterFinished": 0}) == 0
	found({"hook": true}) == 0
}
