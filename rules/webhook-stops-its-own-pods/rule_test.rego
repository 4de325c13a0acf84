package rollcast.rules_test["webhook-stops-its-own-pods"]

import data.rollcast.rules["webhook-stops-its-own-pods"] as rule

subject(replicas, available) := {
	"replicas": {"id": 1, "min": replicas},
	"context": {"webhooks": [{"id": 2, "name": "guard"}]},
	"plans": {"lowest": {"minAvailable": available}},
}

test_no_pod_is_left if {
	some found in rule.findings with input as subject(3, 0)
	contains(found.message, "the rollout goes down to 0 available pods")
}

test_single if {
	some found in rule.findings with input as subject(1, 1)
	contains(found.message, "a drain takes away the only one")
}

test_two_answer if {
	count(rule.findings) == 0 with input as subject(2, 2)
}
