package rollcast.rules_test["prestop-outlasts-grace"]

import data.rollcast.rules["prestop-outlasts-grace"] as rule

subject(seconds, grace) := {"pod": {"id": 1, "terminationGracePeriodSeconds": grace}, "containers": [{"name": "web", "preStop": {"id": 2, "sleepSeconds": seconds}}]}

test_all_of_it if {
	some found in rule.findings with input as subject(30, 30)
	endswith(found.message, "terminationGracePeriodSeconds to 60")
}

test_leaves_time if {
	count(rule.findings) == 0 with input as subject(29, 30)
}

test_no_hook if {
	count(rule.findings) == 0 with input as {"pod": {"terminationGracePeriodSeconds": 30}, "containers": [{"name": "web"}]}
}

test_leaves_less_than_is_needed if {
	some found in rule.findings with input as subject(10, 30) with data.rollcast.params["prestop-outlasts-grace"].drainSeconds as 25
	found.severity == "warning"
	contains(found.message, "leaves 20 s of the 25 s that drainSeconds asks for; set terminationGracePeriodSeconds to 40")
}

test_leaves_what_is_needed if {
	count(rule.findings) == 0 with input as subject(10, 30) with data.rollcast.params["prestop-outlasts-grace"].drainSeconds as 20
}
