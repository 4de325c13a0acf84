package rollcast.rules_test["cpu-limit-tiny"]

import data.rollcast.rules["cpu-limit-tiny"] as rule

found(milli, more) := count(list) if {
	list := rule.findings with input as {"containers": [object.union({"name": "web", "cpuLimit": {"id": 1, "text": "x", "milli": milli}, "ports": [{"id": 2}], "probes": {}}, more)]}
}

test_tiny if {
	found(20, {}) == 1
	found(21, {}) == 0
	found(10, {"ports": []}) == 0
	found(10, {"probes": {"readiness": {"id": 3}}}) == 0
}
