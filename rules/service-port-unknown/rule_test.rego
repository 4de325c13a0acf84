package rollcast.rules_test["service-port-unknown"]

import data.rollcast.rules["service-port-unknown"] as rule

subject(unknown, workloads) := {
	"kind": "Deployment", "name": "web", "pod": {"id": 2},
	"context": {"services": [{"name": "web", "workloads": workloads, "ports": [{"id": 1, "target": "x", "unknown": unknown}]}]},
}

test_unknown if {
	count(rule.findings) == 1 with input as subject(true, 1)
}

test_known if {
	count(rule.findings) == 0 with input as subject(false, 1)
}

test_perhaps_another_workload if {
	count(rule.findings) == 0 with input as subject(true, 2)
}
