package rollcast.rules_test["percent-rounds-to-zero"]

import data.rollcast.rules["percent-rounds-to-zero"] as rule

subject(declared, hazard) := {
	"strategy": {"type": "RollingUpdate", "maxUnavailable": {"id": 2, "declared": declared}},
	"plans": {"lowest": {
		"unavailable": {"arithmetic": "25% of 3 is 0.75, rounded down to 0"},
		"hazards": [{"hazard": "other"}, {"hazard": hazard}],
	}},
}

test_a_quarter_of_three if {
	some found in rule.findings with input as subject(true, "percent-rounds-to-zero")
	found.at == 2
	found.message == "maxUnavailable 25% of 3 is 0.75, rounded down to 0: an old pod goes only when a new one is available, so there has to be room for the surge"
}

test_raised_to_one if {
	some found in rule.findings with input as subject(true, "both-round-to-zero")
	endswith(found.message, "a pod goes before the new one comes")
}

test_another_hazard if {
	count(rule.findings) == 0 with input as subject(true, "stalls")
}

test_default_is_not_reported if {
	count(rule.findings) == 0 with input as subject(false, "percent-rounds-to-zero")
}
