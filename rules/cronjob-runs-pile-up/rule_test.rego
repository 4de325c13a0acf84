package rollcast.rules_test["cronjob-runs-pile-up"]

import data.rollcast.rules["cronjob-runs-pile-up"] as rule

test_unbounded if {
	count(rule.findings) == 1 with input as {"id": 0, "timetable": {"policyDeclared": false}, "run": {}}
}

test_declared if {
	count(rule.findings) == 0 with input as {"id": 0, "timetable": {"policyDeclared": true}, "run": {}}
}

test_bounded if {
	count(rule.findings) == 0 with input as {"id": 0, "timetable": {"policyDeclared": false}, "run": {"activeDeadlineSeconds": 9}}
}
