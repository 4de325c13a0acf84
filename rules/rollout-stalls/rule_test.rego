package rollcast.rules_test["rollout-stalls"]

import data.rollcast.rules["rollout-stalls"] as rule

subject(hazard, unresolvable) := {
	"probes": [{"unresolvable": unresolvable}],
	"plans": {"range": [{"replicas": 1, "hazards": []}, {"replicas": 3, "hazards": [{"id": 4, "hazard": hazard, "step": 1}]}]},
}

test_stalls if {
	some found in rule.findings with input as subject("stalls", false)
	found.at == 4
	startswith(found.message, "the rollout of 3 replicas stops at step 1, before its end")
}

test_port_is_another_rule if {
	count(rule.findings) == 0 with input as subject("stalls", true)
}

test_another_hazard if {
	count(rule.findings) == 0 with input as subject("zero-available", false)
}
