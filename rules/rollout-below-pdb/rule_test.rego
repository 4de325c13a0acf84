package rollcast.rules_test["rollout-below-pdb"]

import data.rollcast.rules["rollout-below-pdb"] as rule

slack(ready, pods, healthy) := {
	"id": 5, "name": "web", "field": "minAvailable", "arithmetic": "minAvailable 7 of 8 pods",
	"ready": ready, "pods": pods, "desiredHealthy": healthy, "spare": pods - healthy, "slack": ready - healthy,
}

plan(replicas, ready, healthy) := {
	"hazards": [{"hazard": "zero-available"} | ready == 0],
	"budgets": [slack(ready, replicas, healthy)],
}

subject(timed) := {
	"strategy": {"id": 1, "type": "RollingUpdate", "maxUnavailable": {"id": 2}},
	"context": {"services": [{"id": 9}], "budgets": [{"id": 5}]},
	"plans": {"lowest": timed, "range": [timed]},
}

test_below if {
	some found in rule.findings with input as subject(plan(8, 6, 7))
	found.at == 2
	contains(found.message, `down to 6 ready pods of 8, below the 7 that PodDisruptionBudget "web" asks for (minAvailable 7 of 8 pods)`)
	contains(found.message, "set maxUnavailable: 1")
	found.related == [{"at": 5, "path": ["spec", "minAvailable"], "message": "the budget asks for it here"}]
}

test_nothing_to_spare if {
	some found in rule.findings with input as subject(plan(8, 6, 8))
	contains(found.message, "set maxUnavailable: 0 and maxSurge: 1")
}

test_met if {
	count(rule.findings) == 0 with input as subject(plan(8, 7, 7))
}

test_never_met if {
	count(rule.findings) == 0 with input as subject(plan(8, 6, 9))
}

test_recreate if {
	recreate := object.union(object.remove(subject(plan(8, 0, 7)), ["strategy"]), {"strategy": {"id": 1, "type": "Recreate"}})
	some found in rule.findings with input as recreate
	found.at == 1
	contains(found.message, "use strategy RollingUpdate")
}

test_outage_is_told_by_another_rule if {
	count(rule.findings) == 0 with input as subject(plan(8, 0, 7))
	count(rule.findings) == 1 with input as object.union(subject(plan(8, 0, 7)), {"context": {"services": []}})
}

test_one_finding_for_the_autoscaler_range if {
	scaled := object.union(subject(plan(8, 1, 7)), {"plans": {"range": [plan(8, 6, 7), plan(20, 15, 18)]}})
	found := rule.findings with input as scaled
	count(found) == 1
	some one in found
	contains(one.message, "down to 6 ready pods of 8, below the 7")
	endswith(one.message, "set maxUnavailable: 1")
}

test_below_at_the_maximum_only if {
	scaled := object.union(subject(plan(8, 1, 7)), {"plans": {"range": [plan(4, 4, 3), plan(20, 15, 18)]}})
	some found in rule.findings with input as scaled
	contains(found.message, "down to 15 ready pods of 20, below the 18")
	endswith(found.message, "set maxUnavailable: 1")
}
