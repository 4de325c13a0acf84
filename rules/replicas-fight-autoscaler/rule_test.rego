package rollcast.rules_test["replicas-fight-autoscaler"]

import data.rollcast.rules["replicas-fight-autoscaler"] as rule

subject(replicas) := {"replicas": replicas, "context": {"autoscalers": [{"id": 9, "name": "web", "minReplicas": 3, "maxReplicas": 10}]}}

test_written if {
	count(rule.findings) == 1 with input as subject({"id": 1, "declared": 2})
}

test_left_to_the_autoscaler if {
	count(rule.findings) == 0 with input as subject({"id": 1})
}

test_stopped if {
	count(rule.findings) == 0 with input as subject({"id": 1, "declared": 0})
}

test_without_autoscaler if {
	count(rule.findings) == 0 with input as {"replicas": {"id": 1, "declared": 2}, "context": {"autoscalers": []}}
}
