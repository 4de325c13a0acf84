# METADATA
# title: several pods behind a Service, and no disruption budget
# description: |
#   Without a PodDisruptionBudget a node drain may evict every pod of that node at once, and two
#   drains at the same time all pods there are. A budget makes them wait for one another.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/pods/disruptions/
#     description: "Kubernetes documentation: disruptions"
# custom:
#   summary: No PodDisruptionBudget covers two or more pods behind a Service.
#   severity: info
#   category: budgets
#   confidence: low
#   profile: strict
#   kinds: [Deployment, StatefulSet]
#   needs-context: true
#   since: "0.1"
#   computed: |
#     The workload has two replicas or more at its autoscaler's minimum, a Service selects its
#     pods, and no PodDisruptionBudget of the set does. Silent where the set is incomplete.
package rollcast.rules["pods-without-budget"]

findings contains {
	"at": input.replicas.id,
	"message": sprintf("a node drain may evict all of these %d pods that share a node at once, because no PodDisruptionBudget covers them; add one with maxUnavailable: 1", [input.replicas.min]),
} if {
	input.replicas.min >= 2
	input.context.services[0]
	count(input.context.budgets) == 0
}
