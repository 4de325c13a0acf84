package rollcast.rules_test["surge-pod-waits-for-volume"]

import data.rollcast.rules["surge-pod-waits-for-volume"] as rule

subject(mode, surge, unavailable) := {
	"strategy": {"id": 1},
	"plans": {"lowest": {"replicas": 1, "surge": {"pods": surge}, "unavailable": {"pods": unavailable, "arithmetic": "0"}}},
	"context": {"claims": [{"id": 2, "name": "data", "singleNode": mode != "ReadWriteMany", "accessModes": [mode]}]},
}

test_one_node if {
	some found in rule.findings with input as subject("ReadWriteOnce", 1, 0)
	found.severity == "warning"
}

test_one_pod if {
	some found in rule.findings with input as subject("ReadWriteOncePod", 1, 0)
	found.severity == "error"
}

test_many_nodes if {
	count(rule.findings) == 0 with input as subject("ReadWriteMany", 1, 0)
}

test_old_pod_goes_first if {
	count(rule.findings) == 0 with input as subject("ReadWriteOnce", 0, 1)
}

test_either if {
	count(rule.findings) == 0 with input as subject("ReadWriteOnce", 1, 1)
}
