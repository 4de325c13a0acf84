package rollcast.rules_test["replicas-pinned-to-one-node"]

import data.rollcast.rules["replicas-pinned-to-one-node"] as rule

subject(replicas, pod) := {"replicas": {"min": replicas}, "pod": pod}

test_pinned if {
	count(rule.findings) == 1 with input as subject(2, {"pinned": {"id": 1, "node": "n"}})
}

test_one if {
	count(rule.findings) == 0 with input as subject(1, {"pinned": {"id": 1, "node": "n"}})
}

test_free if {
	count(rule.findings) == 0 with input as subject(2, {})
}
