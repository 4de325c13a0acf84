package rollcast.rules_test["rollout-in-one-wave"]

import data.rollcast.rules["rollout-in-one-wave"] as rule

found(replicas, surge, unavailable) := count(list) if {
	list := rule.findings with input as {
		"strategy": {"maxSurge": {"id": 1}},
		"plans": {"lowest": {"replicas": replicas, "surge": {"pods": surge, "arithmetic": "s"}, "unavailable": {"pods": unavailable, "arithmetic": "u"}}},
	}
}

test_one_wave if {
	found(4, 4, 0) == 1
	found(4, 3, 1) == 1
}

test_several if {
	found(4, 3, 0) == 0
	found(3, 3, 0) == 0
	found(4, 1, 4) == 0
}
