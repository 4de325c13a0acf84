package rollcast.rules_test["surge-pod-needs-free-node"]

import data.rollcast.rules["surge-pod-needs-free-node"] as rule

subject(exclusive, surge, unavailable, replicas) := {
	"strategy": {"maxSurge": {"id": 8}, "maxUnavailable": {"id": 1}},
	"pod": {"exclusive": exclusive},
	"plans": {"lowest": {"replicas": replicas, "surge": {"pods": surge}, "unavailable": {"pods": unavailable, "arithmetic": "0"}}},
}

port := [{"id": 5, "hostPort": 80, "text": "hostPort 80"}]

test_no_room if {
	some found in rule.findings with input as subject(port, 1, 0, 3)
	contains(found.message, "of 3 replicas needs 4 nodes, because hostPort 80")
}

test_old_goes_first if {
	count(rule.findings) == 0 with input as subject(port, 0, 1, 3)
}

test_shared_nodes if {
	count(rule.findings) == 0 with input as subject([], 1, 0, 3)
}

test_one_replica if {
	count(rule.findings) == 0 with input as subject(port, 1, 0, 1)
}
