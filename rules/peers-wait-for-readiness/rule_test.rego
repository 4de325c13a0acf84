package rollcast.rules_test["peers-wait-for-readiness"]

import data.rollcast.rules["peers-wait-for-readiness"] as rule

found(image, governing) := count(list) if {
	list := rule.findings with input as {
		"name": "etcd", "replicas": {"max": 3}, "update": {"parallel": true}, "containers": [{"image": image, "probes": {"readiness": {"id": 1}}}],
		"governing": object.union({"found": 2, "name": "etcd", "headless": true, "selects": true, "publishNotReady": false}, governing),
	}
}

test_peers if found("registry.example.com/etcd:3.6.1", {}) == 1

test_published_or_other if {
	found("registry.example.com/etcd:3.6.1", {"publishNotReady": true}) == 0
	found("registry.example.com/etcd:3.6.1", {"headless": false}) == 0
	found("registry.example.com/etcdctl:3.6.1", {}) == 0
}
