package rollcast.rules_test["bad-version-rolls-through"]

import data.rollcast.rules["bad-version-rolls-through"] as rule

subject(more) := object.union({
	"id": 0, "replicas": {"min": 3}, "strategy": {"type": "RollingUpdate"}, "minReadySeconds": 0,
	"pod": {"readinessGates": []}, "context": {"services": []}, "containers": [{"probes": {}, "unreadable": false}],
}, more)

found(more) := count(list) if list := rule.findings with input as subject(more)

test_nothing_stops_it if found({}) == 1

test_something_does if {
	found({"minReadySeconds": 1}) == 0
	found({"replicas": {"min": 1}}) == 0
	found({"containers": [{"probes": {"readiness": {"id": 1}}}]}) == 0
	found({"pod": {"readinessGates": ["a"]}}) == 0
	found({"context": {"services": [{"id": 1}]}}) == 0
	found({"strategy": {"type": "Recreate"}}) == 0
}
