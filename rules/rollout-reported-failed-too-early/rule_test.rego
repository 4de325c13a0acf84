package rollcast.rules_test["rollout-reported-failed-too-early"]

import data.rollcast.rules["rollout-reported-failed-too-early"] as rule

subject(hazard, budget) := {
	"progressDeadline": {"seconds": 60}, "probes": [{"podBudgetSeconds": budget}],
	"plans": {"range": [{"hazards": [{"id": 4, "hazard": hazard, "message": "late"}]}]},
}

test_late if {
	rule.findings == {{"at": 4, "message": "late; raise progressDeadlineSeconds"}} with input as subject("progress-deadline", 59)
}

test_startup_budget_is_another_rule if {
	count(rule.findings) == 0 with input as subject("progress-deadline", 60)
}

test_another_hazard if {
	count(rule.findings) == 0 with input as subject("stalls", 5)
}
