package rollcast.rules_test["liveness-restarts-at-first-failure"]

import data.rollcast.rules["liveness-restarts-at-first-failure"] as rule

subject(threshold, role) := {"containers": [{"name": "web", "probes": {role: {"id": 1, "failureThreshold": threshold, "unresolvable": false}}}]}

test_one if {
	some found in rule.findings with input as subject(1, "liveness")
	found.path == ["failureThreshold"]
}

test_two if {
	count(rule.findings) == 0 with input as subject(2, "liveness")
}

test_readiness if {
	count(rule.findings) == 0 with input as subject(1, "readiness")
}
