# METADATA
# title: a disruption budget that gives the quorum away
# description: |
#   etcd, ZooKeeper and other systems that vote go on only while more than half of their members
#   are there. A PodDisruptionBudget that lets half of them be evicted at a time lets a node
#   drain stop the whole system, which is what it was to prevent.
# related_resources:
#   - ref: https://etcd.io/docs/v3.5/op-guide/failures/
#     description: "etcd documentation: failure modes"
#   - ref: https://kubernetes.io/docs/tasks/run-application/configure-pdb/
#     description: "Kubernetes documentation: specifying a disruption budget"
# custom:
#   summary: A PodDisruptionBudget lets so many members of a voting system be evicted that no majority is left.
#   severity: error
#   category: budgets
#   confidence: high
#   profile: recommended
#   kinds: [StatefulSet]
#   since: "0.1"
#   computed: |
#     A container's image is that of a system with a quorum: consul, etcd, nats, rabbitmq,
#     zookeeper, or kafka with KRaft controllers in its name. The budget covers this StatefulSet
#     alone, of three or more replicas, and the pods that it may spare are more than replicas less
#     the majority.
#
#     With 3 replicas the majority is 2, so that 1 may be missing.
package rollcast.rules["budget-breaks-quorum"]

findings contains {
	"at": budget.id,
	"message": sprintf("PodDisruptionBudget %q lets %d of %d pods be evicted at a time, and a majority of %d has to stay; set maxUnavailable: %d", [budget.name, budget.spare, budget.fewest, majority, budget.fewest - majority]),
	"fix": {"ops": array.concat([{"op": "remove", "path": ["spec", "minAvailable"]} | budget.minAvailable], [{"op": "set", "path": ["spec", "maxUnavailable"], "value": budget.fewest - majority}])},
	"related": [{"at": container.id, "path": ["image"], "message": "it needs a majority"}],
} if {
	some budget in input.context.budgets
	budget.workloads == 1
	budget.fewest >= 3
	majority := floor(budget.fewest / 2) + 1
	budget.spare > budget.fewest - majority
	container := [c | some c in input.containers; regex.match(`(^|/)(consul|etcd|nats|rabbitmq|zookeeper|[\w-]*kraft-controller[\w-]*)(:|@|$)`, c.image)][0]
}
