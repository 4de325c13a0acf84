package rollcast.rules_test["autoscaler-without-requests"]

import data.rollcast.rules["autoscaler-without-requests"] as rule

subject(unmeasured) := {"containers": [{"id": 3, "name": "web"}], "context": {"autoscalers": [{"id": 9, "unmeasured": unmeasured}]}}

test_unmeasured if {
	count(rule.findings) == 1 with input as subject([{"id": 1, "resource": "cpu", "containers": ["web"]}])
}

test_measured if {
	count(rule.findings) == 0 with input as subject([])
}
