package rollcast.rules_test["port-moves-with-its-service"]

import data.rollcast.rules["port-moves-with-its-service"] as rule

found(before, target) := count(list) if {
	list := rule.findings with input as {
		"change": {"kinds": ["rollout"], "base": {"spec": {"template": {"spec": {"containers": [{"name": "web", "ports": [{"containerPort": before}]}]}}}}},
		"containers": [{"name": "web", "ports": [{"id": 1, "number": 9090}]}],
		"context": {"services": [{"name": "web", "ports": [object.union({"id": 2, "container": "web"}, target)]}]},
	}
}

test_moves if found(8080, {"number": 9090}) == 1

test_stays_or_named if {
	found(9090, {"number": 9090}) == 0
	found(8080, {}) == 0
}
