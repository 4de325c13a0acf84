package rollcast.rules_test["cronjob-hang-blocks-runs"]

import data.rollcast.rules["cronjob-hang-blocks-runs"] as rule

test_forbid if {
	count(rule.findings) == 1 with input as {"timetable": {"concurrencyPolicy": "Forbid"}, "run": {}}
	count(rule.findings) == 0 with input as {"timetable": {"concurrencyPolicy": "Forbid"}, "run": {"activeDeadlineSeconds": 9}}
	count(rule.findings) == 0 with input as {"timetable": {"concurrencyPolicy": "Replace"}, "run": {}}
}
