# METADATA
# title: a budget that protects no pod
# description: |
#   A PodDisruptionBudget without pods is accepted and does nothing: a drain takes all pods of
#   the node at once, and nobody notices before it happens. Its selector is compared with the
#   labels of the pods, not with those of the Deployment itself, and all of its labels have to
#   be there.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/run-application/configure-pdb/
#     description: "Kubernetes documentation: specifying a disruption budget"
# custom:
#   summary: A PodDisruptionBudget selects no pods of the set, although a workload comes near.
#   severity: error
#   category: budgets
#   confidence: high
#   profile: recommended
#   kinds: [PodDisruptionBudget]
#   needs-context: true
#   since: "0.1"
#   computed: |
#     No workload of the set and namespace has pods that fulfil the selector, and one comes
#     near: it has one of the labels, or the budget's name, and no other budget covers it. A
#     set with custom resources, which may make pods, or with workloads that cannot be read is
#     not judged.
package rollcast.rules["pdb-selects-nothing"]

findings contains {
	"at": input.unattached.id,
	"message": sprintf("PodDisruptionBudget %q protects no pod: %s", [input.name, input.unattached.gap]),
	"related": [{"at": input.unattached.meant, "message": "the workload that comes nearest"}],
}
