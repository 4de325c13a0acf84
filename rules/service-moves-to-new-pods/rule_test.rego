package rollcast.rules_test["service-moves-to-new-pods"]

import data.rollcast.rules["service-moves-to-new-pods"] as rule

found(service, change, most) := count(list) if {
	list := rule.findings with input as {"replicas": {"id": 1, "max": most}, "change": change, "context": {"services": [object.union({"id": 2, "name": "web", "moved": true, "workloads": 1}, service)]}}
}

test_moves if {
	found({}, {"kinds": ["created"]}, 3) == 1
	found({}, {"kinds": ["scale"], "base": {"spec": {"replicas": 0}}}, 3) == 1
	found({}, {"kinds": ["metadata"]}, 0) == 1
}

test_stays_or_was_there if {
	found({"moved": false}, {"kinds": ["created"]}, 3) == 0
	found({"workloads": 2}, {"kinds": ["created"]}, 3) == 0
	found({}, {"kinds": ["rollout"], "base": {"spec": {"replicas": 3}}}, 3) == 0
}
