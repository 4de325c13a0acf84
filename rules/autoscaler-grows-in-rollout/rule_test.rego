package rollcast.rules_test["autoscaler-grows-in-rollout"]

import data.rollcast.rules["autoscaler-grows-in-rollout"] as rule

found(least, most, surge) := count(list) if {
	list := rule.findings with input as {
		"strategy": {"maxSurge": {"id": 2}},
		"context": {"autoscalers": [{"id": 1, "minReplicas": least, "maxReplicas": most}]},
		"plans": {"atMin": {"peakPods": 5}, "atMax": {"peakPods": 25, "replicas": most, "surge": {"pods": surge, "arithmetic": "x"}}},
	}
}

test_wide_and_large if found(4, 20, 5) == 1

test_neither if {
	found(11, 20, 5) == 0
	found(4, 20, 4) == 0
	found(0, 20, 5) == 0
}
