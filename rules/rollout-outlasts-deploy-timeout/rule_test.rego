package rollcast.rules_test["rollout-outlasts-deploy-timeout"]

import data.rollcast.rules["rollout-outlasts-deploy-timeout"] as rule

subject(seconds) := {"plans": {"range": [{"replicas": 1, "outcome": "complete", "durationSeconds": {"max": 9}}, {"replicas": 9, "outcome": "complete", "durationSeconds": seconds}]}}

test_longer if {
	some found in rule.findings with input as subject({"min": 10, "max": 301})
	startswith(found.message, "the rollout of 9 replicas may take up to 301 s, and the tool that applies it waits 300 s")
}

test_in_time if {
	count(rule.findings) == 0 with input as subject({"min": 10, "max": 300})
}

test_unbounded if {
	count(rule.findings) == 0 with input as subject({"min": 10, "atLeast": 900})
}

test_configured if {
	count(rule.findings) == 1 with input as subject({"min": 10, "max": 100}) with data.rollcast.params["rollout-outlasts-deploy-timeout"].timeoutSeconds as 60
}

test_single if {
	count(rule.findings) == 0 with input as {"plans": {"range": [{"replicas": 1, "outcome": "complete", "durationSeconds": {"min": 10, "max": 301}}]}}
}

test_patience_is_no_prediction if {
	liveness := {"containers": [{"probes": {"liveness": {"id": 1}}}]}
	count(rule.findings) == 0 with input as object.union(subject({"min": 10, "max": 900}), liveness)
	some found in rule.findings with input as object.union(subject({"min": 310, "max": 900}), liveness)
	startswith(found.message, "the rollout of 9 replicas takes at least 310 s")
}
