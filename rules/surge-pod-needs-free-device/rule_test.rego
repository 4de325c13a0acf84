package rollcast.rules_test["surge-pod-needs-free-device"]

import data.rollcast.rules["surge-pod-needs-free-device"] as rule

subject(unavailable, replicas) := {
	"strategy": {"maxSurge": {"id": 8}, "maxUnavailable": {"id": 9}},
	"containers": [{"extended": [{"id": 3, "name": "nvidia.com/gpu", "count": "1"}]}, {"extended": []}],
	"plans": {"lowest": {"replicas": replicas, "surge": {"pods": 1}, "unavailable": {"pods": unavailable, "arithmetic": "x"}}},
}

test_none_may_be_missing if {
	some found in rule.findings with input as subject(0, 2)
	startswith(found.message, "a rollout of 2 replicas needs 3 pods with 1 nvidia.com/gpu each")
}

test_one_may_be_missing if {
	count(rule.findings) == 0 with input as subject(1, 2)
}

test_single if {
	some found in rule.findings with input as subject(0, 1)
	startswith(found.message, "a rollout needs a second pod with 1 nvidia.com/gpu before the only one goes")
	not found.fix
}
