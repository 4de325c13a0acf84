# METADATA
# title: two budgets over one pod
# description: |
#   The eviction API answers with an error when more than one PodDisruptionBudget selects a pod:
#   it does not know which to ask. Every drain of its node then stands still, whatever the
#   budgets allow.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/run-application/configure-pdb/
#     description: "Kubernetes documentation: specifying a disruption budget"
#   - ref: https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/
#     description: "Kubernetes documentation: API-initiated eviction"
# custom:
#   summary: More than one PodDisruptionBudget selects the pods, so that they cannot be evicted.
#   severity: error
#   category: budgets
#   confidence: high
#   profile: recommended
#   since: "0.1"
#   computed: |
#     Two PodDisruptionBudgets of the same set and namespace match the labels of the pod
#     template. Labels that only some of the pods have are not known.
package rollcast.rules["pdb-overlap"]

findings contains {
	"at": budgets[1].id,
	"path": ["spec", "selector"],
	"message": sprintf("PodDisruptionBudgets %q and %q both select the pods of %s %q, and a pod with two budgets cannot be evicted; leave one of them", [budgets[0].name, budgets[1].name, input.kind, input.name]),
	"related": [{"at": budgets[0].id, "message": "the other budget"}, {"at": input.id, "message": "the workload"}],
} if {
	budgets := input.context.budgets
	count(budgets) > 1
}
