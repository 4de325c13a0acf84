package rollcast.rules_test["node-port-out-of-range"]

import data.rollcast.rules["node-port-out-of-range"] as rule

found(number) := count(list) if {
	list := rule.findings with input as {"context": {"services": [{"name": "web", "ports": [{"id": 1, "nodePort": number}]}]}}
}

test_range if {
	found(80) == 1
	found(32768) == 1
	found(30000) == 0
	found(32767) == 0
}
