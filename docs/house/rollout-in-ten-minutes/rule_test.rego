package rollcast.rules_test["rollout-in-ten-minutes"]

import data.rollcast.rules["rollout-in-ten-minutes"] as rule

subject(seconds) := {"plans": {"range": [{"replicas": 9, "durationSeconds": seconds}]}}

test_longer if {
	rule.findings == {{"message": "the rollout of 9 replicas can take 601 s, more than 600"}} with input as subject({"min": 1, "max": 601})
	count(rule.findings) == 1 with input as subject({"min": 1, "atLeast": 601})
}

test_in_time if {
	count(rule.findings) == 0 with input as subject({"min": 1, "max": 600})
}
