package rollcast.rules_test["autoscaler-may-leave-one-pod"]

import data.rollcast.rules["autoscaler-may-leave-one-pod"] as rule

found(least, most) := count(list) if {
	list := rule.findings with input as {"context": {"services": [{"id": 1, "name": "web"}], "autoscalers": [{"id": 2, "kind": "HorizontalPodAutoscaler", "minReplicas": least, "maxReplicas": most}]}}
}

test_range if {
	found(1, 5) == 1
	found(2, 5) == 0
	found(1, 1) == 0
}
