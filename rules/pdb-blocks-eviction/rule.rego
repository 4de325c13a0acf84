# METADATA
# title: a budget that no eviction can meet
# description: |
#   A drain evicts pods one by one, and the budget refuses what would leave fewer than it asks
#   for. Where it asks for all of them, every drain waits for ever: node upgrades stall, the
#   cluster autoscaler keeps the node, and somebody deletes the pod by hand in the end.
#   Percentages of `minAvailable` are rounded up, so that 50% of one pod is one pod.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/run-application/configure-pdb/
#     description: "Kubernetes documentation: specifying a disruption budget"
#   - ref: https://kubernetes.io/docs/tasks/administer-cluster/safely-drain-node/
#     description: "Kubernetes documentation: safely drain a node"
# custom:
#   summary: A PodDisruptionBudget lets no pod of its workloads be evicted.
#   severity: error
#   category: budgets
#   confidence: high
#   profile: recommended
#   kinds: [Deployment, StatefulSet, ReplicaSet, ReplicationController]
#   since: "0.1"
#   computed: |
#     `minAvailable` of the pods that the budget's workloads want together, rounded up, leaves
#     none to spare; or `maxUnavailable` comes to 0. With an autoscaler its minimum counts. It
#     is a warning where only one pod is wanted: there the choice is between a blocked drain
#     and an outage, and a second replica solves both. Budgets over pods without a scale, such
#     as those of a DaemonSet, are not judged.
package rollcast.rules["pdb-blocks-eviction"]

import data.rollcast.lib

findings contains {
	"at": share.id,
	"severity": {true: "warning", false: "error"}[budget.fewest == 1],
	"message": sprintf("PodDisruptionBudget %q asks for all of %s (%s %s), so no node with one of them can be drained; %s", [
		budget.name, lib.counted(budget.fewest, "pod"), field, share.value,
		{true: "run 2 replicas, or accept the outage with maxUnavailable: 1", false: "set maxUnavailable: 1 instead"}[budget.fewest == 1],
	]),
	"related": [{"at": input.replicas.id, "message": "the pods it is about"}],
	"fix": one_away(budget, field),
} if {
	some budget in input.context.budgets
	budget.fewest > 0
	budget.spare <= 0
	some field in ["minAvailable", "maxUnavailable"]
	share := budget[field]
}

one_away(budget, "maxUnavailable") := {"ops": [{"op": "set", "value": 1}]} if budget.fewest > 1

one_away(budget, "minAvailable") := {"ops": [
	{"op": "remove"},
	{"op": "insert", "at": budget.id, "path": ["spec", "maxUnavailable"], "value": 1},
]} if budget.fewest > 1

one_away(budget, _) := null if budget.fewest == 1
