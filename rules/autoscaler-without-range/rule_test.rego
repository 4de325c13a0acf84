package rollcast.rules_test["autoscaler-without-range"]

import data.rollcast.rules["autoscaler-without-range"] as rule

subject(least, most) := {"context": {"autoscalers": [{"id": 1, "minReplicas": least, "maxReplicas": most}]}}

test_equal if {
	count(rule.findings) == 1 with input as subject(3, 3)
}

test_range if {
	count(rule.findings) == 0 with input as subject(1, 3)
}
