package rollcast.rules_test["startup-budget-exceeds-progress-deadline"]

import data.rollcast.rules["startup-budget-exceeds-progress-deadline"] as rule

subject(budget, overrides) := {
	"progressDeadline": {"id": 1, "seconds": 600, "text": "the default progressDeadlineSeconds 600"},
	"probes": [object.union(
		{
			"id": 2, "role": "startup", "container": "web", "unresolvable": false,
			"initialDelaySeconds": 0, "periodSeconds": 10, "failureThreshold": 60,
			"budgetSeconds": budget, "podBudgetSeconds": budget,
			"budgetArithmetic": "failureThreshold 60 × periodSeconds 10",
		},
		overrides,
	)],
}

test_equal_is_too_long if {
	some found in rule.findings with input as subject(600, {})
	found.at == 2
	found.path == ["failureThreshold"]
	contains(found.message, "may take 600 s (failureThreshold 60 × periodSeconds 10), but")
	contains(found.message, "after the default progressDeadlineSeconds 600;")
	found.related == [{"at": 1, "message": "the rollout is given the default progressDeadlineSeconds 600"}]
}

test_one_second_less if {
	count(rule.findings) == 0 with input as subject(599, {})
}

test_sidecars_count if {
	some found in rule.findings with input as subject(300, {"podBudgetSeconds": 700})
	contains(found.message, "may take 700 s (")
}

test_without_a_deadline if {
	count(rule.findings) == 0 with input as object.remove(subject(600, {}), ["progressDeadline"])
}

test_readiness_has_no_budget if {
	count(rule.findings) == 0 with input as {
		"progressDeadline": {"id": 1, "seconds": 600, "text": "the default progressDeadlineSeconds 600"},
		"probes": [{"id": 2, "role": "readiness", "unresolvable": false}],
	}
}
