package rollcast.rules_test["no-grace-period"]

import data.rollcast.rules["no-grace-period"] as rule

test_none if {
	count(rule.findings) == 1 with input as {"pod": {"id": 1, "terminationGracePeriodSeconds": 0}}
}

test_one_second if {
	count(rule.findings) == 0 with input as {"pod": {"id": 1, "terminationGracePeriodSeconds": 1}}
}
