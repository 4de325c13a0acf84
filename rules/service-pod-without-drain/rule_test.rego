package rollcast.rules_test["service-pod-without-drain"]

import data.rollcast.rules["service-pod-without-drain"] as rule

subject(container) := {
	"pod": {"terminationGracePeriodSeconds": 30},
	"containers": [object.union({"id": 1, "name": "web", "unreadable": false, "probes": {"readiness": {"id": 3}}}, container)],
	"context": {"services": [{"name": "web", "ports": [{"container": "web"}]}]},
}

test_no_hook if {
	some found in rule.findings with input as subject({})
	endswith(found.message, "let preStop sleep 10 s")
}

test_hook if {
	count(rule.findings) == 0 with input as subject({"preStop": {"id": 2}})
	count(rule.findings) == 0 with input as subject({"name": "sidecar"})
	count(rule.findings) == 0 with input as subject({"probes": {"readiness": false}})
}
