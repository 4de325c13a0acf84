package rollcast.rules_test["hung-container-restarts-late"]

import data.rollcast.rules["hung-container-restarts-late"] as rule

found(grace, own) := count(list) if {
	liveness := object.union({"id": 1, "patienceSeconds": 20}, own)
	list := rule.findings with input as {"pod": {"id": 2, "terminationGracePeriodSeconds": grace}, "containers": [{"name": "web", "probes": {"liveness": liveness}}]}
}

test_long if found(121, {}) == 1

test_short_or_its_own if {
	found(120, {}) == 0
	found(600, {"graceSeconds": 30}) == 0
}
