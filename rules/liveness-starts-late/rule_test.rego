package rollcast.rules_test["liveness-starts-late"]

import data.rollcast.rules["liveness-starts-late"] as rule

subject(delay, startup) := {"containers": [object.union({"name": "web", "probes": {"liveness": {"id": 1, "initialDelaySeconds": delay, "unresolvable": false}}}, startup)]}

test_late if {
	some found in rule.findings with input as subject(121, {})
	endswith(found.message, "failureThreshold 13")
}

test_in_time if {
	count(rule.findings) == 0 with input as subject(120, {})
}

test_behind_a_startup_probe if {
	count(rule.findings) == 0 with input as subject(121, {"probes": {"startup": {"id": 2}}})
}
