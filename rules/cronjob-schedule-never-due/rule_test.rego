package rollcast.rules_test["cronjob-schedule-never-due"]

import data.rollcast.rules["cronjob-schedule-never-due"] as rule

count_of(schedule) := n if {
	found := rule.findings with input as {"timetable": {"schedule": schedule}}
	n := count(found)
}

test_schedules if {
	count_of("0 0 31 2 *") == 1
	count_of("0 0  30 02 ?") == 1
	count_of("0 0 31 4,6,9,11 *") == 1
	count_of("0 0 30 4 *") == 0
	count_of("0 0 29 2 *") == 0
	count_of("0 0 31 2,3 *") == 0
	count_of("0 0 31 2 1") == 0
	count_of("0 0 31 * *") == 0
	count_of("@daily") == 0
}
