package rollcast.rules_test["rollout-stalls"]

import data.rollcast.rules["rollout-stalls"] as rule

subject(hazard, unresolvable) := {
	"probes": [{"unresolvable": unresolvable}],
	"plans": {"range": [{"hazards": []}, {"hazards": [{"id": 4, "hazard": hazard, "message": "stops at 3 old and 1 new pods"}]}]},
}

test_stalls if {
	rule.findings == {{"at": 4, "message": "the rollout stops at 3 old and 1 new pods"}} with input as subject("stalls", false)
}

test_port_is_another_rule if {
	count(rule.findings) == 0 with input as subject("stalls", true)
}

test_another_hazard if {
	count(rule.findings) == 0 with input as subject("zero-available", false)
}
