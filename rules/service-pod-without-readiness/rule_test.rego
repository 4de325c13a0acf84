package rollcast.rules_test["service-pod-without-readiness"]

import data.rollcast.rules["service-pod-without-readiness"] as rule

subject(container, publish) := {
	"containers": [object.union({"id": 1, "name": "web", "probes": {}, "unreadable": false}, container)],
	"pod": {"readinessGates": []},
	"context": {"services": [{"id": 9, "name": "web", "publishNotReady": publish, "ports": [{"container": "web"}]}]},
}

test_unasked if {
	some found in rule.findings with input as subject({}, false)
	found.at == 1
}

test_asked if {
	count(rule.findings) == 0 with input as subject({"probes": {"readiness": {"id": 3}}}, false)
}

test_unready_wanted if {
	count(rule.findings) == 0 with input as subject({}, true)
}

test_serves_nothing if {
	count(rule.findings) == 0 with input as subject({"name": "sidecar"}, false)
}

test_perhaps_misspelt if {
	count(rule.findings) == 0 with input as subject({"unreadable": true}, false)
}
