package rollcast.rules_test["rollout-zero-availability"]

import data.rollcast.rules["rollout-zero-availability"] as rule

subject(replicas, hazard, claims) := {
	"strategy": {"type": "RollingUpdate", "maxUnavailable": {"id": 2}},
	"context": {"services": [{"id": 9, "name": "web"}], "claims": claims},
	"plans": {"lowest": {
		"replicas": replicas,
		"unavailable": {"pods": replicas, "arithmetic": "100% of 3 is 3"},
		"hazards": [{"hazard": hazard}],
	}},
}

test_all_of_three if {
	some found in rule.findings with input as subject(3, "zero-available", [])
	found.at == 2
	found.severity == "error"
	contains(found.message, "maxUnavailable 100% of 3 is 3, so every pod may go before a new one is ready; set maxUnavailable: 0")
	found.related == [{"at": 9, "message": "the Service that has no pod meanwhile"}]
}

test_one_replica_is_a_warning if {
	some found in rule.findings with input as subject(1, "zero-available", [])
	found.severity == "warning"
}

test_claim_explains_it if {
	some found in rule.findings with input as subject(3, "zero-available", [{"singleNode": true}])
	found.severity == "warning"
	contains(found.message, "strategy Recreate says so")
}

test_shared_claim_explains_nothing if {
	some found in rule.findings with input as subject(3, "zero-available", [{"singleNode": false}])
	found.severity == "error"
}

test_a_pod_stays if {
	count(rule.findings) == 0 with input as subject(3, "stalls", [])
}

test_without_a_service if {
	count(rule.findings) == 0 with input as object.union(subject(3, "zero-available", []), {"context": {"services": []}})
}

test_recreate_is_another_matter if {
	count(rule.findings) == 0 with input as object.union(subject(3, "zero-available", []), {"strategy": {"type": "Recreate"}})
}

test_without_a_plan if {
	count(rule.findings) == 0 with input as object.remove(subject(3, "zero-available", []), ["plans"])
}
