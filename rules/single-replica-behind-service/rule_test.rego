package rollcast.rules_test["single-replica-behind-service"]

import data.rollcast.rules["single-replica-behind-service"] as rule

found(most, kind) := count(list) if {
	list := rule.findings with input as {"replicas": {"id": 1, "effective": 1, "max": most}, "strategy": {"type": kind}, "context": {"services": [{"id": 2, "name": "web"}]}}
}

test_single if found(1, "RollingUpdate") == 1

test_more if {
	found(3, "RollingUpdate") == 0
	found(1, "Recreate") == 0
}
