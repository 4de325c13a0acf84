package rollcast.rules_test["cronjob-never-starts"]

import data.rollcast.rules["cronjob-never-starts"] as rule

test_zero if {
	count(rule.findings) == 1 with input as {"id": 0, "timetable": {"startingDeadlineSeconds": 0}}
}

test_one_second if {
	count(rule.findings) == 0 with input as {"id": 0, "timetable": {"startingDeadlineSeconds": 1}}
}

test_absent if {
	count(rule.findings) == 0 with input as {"id": 0, "timetable": {}}
}
