package rollcast.rules_test["autoscalers-overlap"]

import data.rollcast.rules["autoscalers-overlap"] as rule

subject(autoscalers) := {"kind": "Deployment", "name": "web", "context": {"autoscalers": autoscalers}}

test_two if {
	some found in rule.findings with input as subject([{"id": 1, "name": "a"}, {"id": 2, "name": "b"}])
	found.at == 2
	startswith(found.message, `HorizontalPodAutoscalers "a" and "b" all scale Deployment "web"`)
	found.related == [{"at": 1, "message": "scales it too"}]
}

test_one if {
	count(rule.findings) == 0 with input as subject([{"id": 1, "name": "a"}])
}
