# METADATA
# title: a budget keeps pods that are not ready
# description: |
#   A pod that is not ready does not count as healthy, and yet the default policy lets it be evicted only
#   while the budget is met. Pods in a crash loop then block every drain of their nodes, although nobody
#   would miss them.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/run-application/configure-pdb/
#     description: "Kubernetes documentation: disruption budgets"
#   - ref: https://kubernetes.io/docs/concepts/workloads/pods/disruptions/
#     description: "Kubernetes documentation: disruptions"
# custom:
#   summary: "A PodDisruptionBudget has no unhealthyPodEvictionPolicy: AlwaysAllow."
#   severity: info
#   category: budgets
#   confidence: low
#   profile: strict
#   since: "0.1"
#   computed: |
#     `unhealthyPodEvictionPolicy` is `IfHealthyBudget`, which is the default: a pod that is not ready may be
#     evicted only while as many others are healthy as the budget asks for.
package rollcast.rules["budget-keeps-broken-pods"]

findings contains {
	"at": budget.id,
	"path": ["spec"],
	"message": sprintf("PodDisruptionBudget %q refuses to evict pods of %s %q that crash while fewer are healthy than it asks for, so they block a drain; set unhealthyPodEvictionPolicy: AlwaysAllow", [budget.name, input.kind, input.name]),
	"related": [{"at": input.id, "message": "the pods it is about"}],
	"fix": {"ops": [{"op": "set", "path": ["spec", "unhealthyPodEvictionPolicy"], "value": "AlwaysAllow"}]},
} if {
	some budget in input.context.budgets
	budget.unhealthyPolicy == "IfHealthyBudget"
}
