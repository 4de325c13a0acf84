# METADATA
# title: the rollout goes below its disruption budget
# description: |
#   A PodDisruptionBudget binds evictions, such as draining a node. A rollout never asks it: the
#   Deployment controller deletes pods by `maxUnavailable` alone. Where that allows more pods to be
#   missing than the budget does, every rollout takes the workload below the number that the team
#   said it needs, and while it lasts the budget refuses every eviction, so that node drains and
#   cluster upgrades wait for it.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#pod-disruption-budgets
#     description: "Kubernetes documentation: workload resources are not limited by budgets in rolling upgrades"
#   - ref: https://kubernetes.io/docs/tasks/run-application/configure-pdb/
#     description: "Kubernetes documentation: specifying a disruption budget"
# custom:
#   summary: The predicted rollout has fewer ready pods than the PodDisruptionBudget asks for.
#   severity: warning
#   category: budgets
#   confidence: high
#   profile: recommended
#   kinds: [Deployment]
#   since: "0.1"
#   computed: |
#     The fewest ready pods are taken from the predicted rollout, at both ends of an autoscaler's
#     range. Ready counts, not available: the budget does not know `minReadySeconds`. The budget's
#     number is `minAvailable`, a percentage rounded up, or what is left by `maxUnavailable`, its
#     percentage rounded up too, of what all its workloads want together; pods of other workloads
#     count as ready. With an autoscaler the first end of its range that goes below is told, and the
#     advice holds at both. A budget that could not be met without a rollout either is not reported
#     here.
#
#     Where the rollout leaves a Service without any pod, `rollout-zero-availability` says so and
#     this rule is silent.
package rollcast.rules["rollout-below-pdb"]

import data.rollcast.lib

findings contains {
	"at": place,
	"message": sprintf(
		"the rollout goes down to %s of %d, below the %d that PodDisruptionBudget %q asks for (%s): a rollout does not heed it, and evictions are refused meanwhile; %s",
		[lib.counted(below.ready, "ready pod"), below.pods, below.desiredHealthy, below.name, below.arithmetic, advice(spare)],
	),
	"fix": kept(spare),
	"related": [{"at": below.id, "path": ["spec", below.field], "message": "the budget asks for it here"}],
} if {
	some budget in input.context.budgets
	below := [slack | some slack in input.plans.range[_].budgets; slack.slack < 0; slack.id == budget.id][0]
	spare := min([slack.spare | some slack in input.plans.range[_].budgets; slack.id == budget.id])
	spare >= 0 # the budget can be met without a rollout
	not told_elsewhere
}

# rollout-zero-availability says that no pod is left.
told_elsewhere if {
	lib.all_replaced_at_once
	input.context.services[0]
}

place := input.strategy.maxUnavailable.id if input.strategy.maxUnavailable else := input.strategy.id

advice(spare) := "use strategy RollingUpdate" if {
	input.strategy.type == "Recreate"
} else := sprintf("set maxUnavailable: %d", [spare]) if {
	spare > 0
} else := "set maxUnavailable: 0 and maxSurge: 1"

kept(spare) := {"ops": [{"op": "set", "value": spare}]} if {
	input.strategy.type == "RollingUpdate"
	spare > 0
} else := null
