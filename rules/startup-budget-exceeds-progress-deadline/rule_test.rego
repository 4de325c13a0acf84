package rollcast.rules_test["startup-budget-exceeds-progress-deadline"]

import data.rollcast.rules["startup-budget-exceeds-progress-deadline"] as rule

subject(budget, overrides) := {
	"progressDeadline": {"id": 1, "seconds": 600, "declared": false},
	"probes": [object.union(
		{
			"id": 2, "role": "startup", "container": "web", "unresolvable": false,
			"initialDelaySeconds": 0, "periodSeconds": 10, "failureThreshold": 60,
			"budgetSeconds": budget, "podBudgetSeconds": budget,
		},
		overrides,
	)],
}

test_equal_is_too_long if {
	some found in rule.findings with input as subject(600, {})
	found.at == 2
	found.path == ["failureThreshold"]
	contains(found.message, "may take 600 s (failureThreshold 60 × periodSeconds 10), but")
	contains(found.message, "the default progressDeadlineSeconds of 600")
	found.related == [{"at": 1, "message": "the rollout is given 600 s here"}]
}

test_one_second_less if {
	count(rule.findings) == 0 with input as subject(599, {})
}

test_sidecars_and_delay_are_named if {
	some found in rule.findings with input as subject(630, {"initialDelaySeconds": 30, "podBudgetSeconds": 700})
	contains(found.message, "may take 700 s (initialDelaySeconds 30 + failureThreshold 60 × periodSeconds 10 + 70 s of the sidecars before it)")
}

test_declared_deadline if {
	some found in rule.findings with input as object.union(subject(600, {}), {"progressDeadline": {"id": 1, "seconds": 300, "declared": true}})
	contains(found.message, "after progressDeadlineSeconds 300;")
}

test_without_a_deadline if {
	count(rule.findings) == 0 with input as object.remove(subject(600, {}), ["progressDeadline"])
}

test_readiness_has_no_budget if {
	count(rule.findings) == 0 with input as {
		"progressDeadline": {"id": 1, "seconds": 600, "declared": false},
		"probes": [{"id": 2, "role": "readiness", "unresolvable": false}],
	}
}
