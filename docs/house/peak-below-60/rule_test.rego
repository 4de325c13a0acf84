package rollcast.rules_test["peak-below-60"]

import data.rollcast.rules["peak-below-60"] as rule

subject(pods) := {"strategy": {"maxSurge": {"id": 3}}, "plans": {"range": [{"peakPods": pods}]}}

test_above if {
	some found in rule.findings with input as subject(61)
	found.at == 3
	found.message == "the rollout needs 61 pods at its peak, more than 60"
}

test_as_many_as_fit if {
	count(rule.findings) == 0 with input as subject(60)
}

test_configured if {
	count(rule.findings) == 1 with input as subject(11) with data.rollcast.params["peak-below-60"].maxPods as 10
}
