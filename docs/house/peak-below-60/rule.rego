# METADATA
# title: more pods at the peak than the node pool holds
# description: |
#   Why it matters, in Markdown. Everything a rule can see is printed by `rollcast facts`.
# custom:
#   severity: warning
#   kinds: [Deployment]
#   params:
#     maxPods:
#       description: How many pods fit.
#       default: 60
#       min: 1
package rollcast.rules["peak-below-60"]

findings contains {
	"at": input.strategy.maxSurge.id,
	"message": sprintf("the rollout needs %d pods at its peak, more than %d", [plan.peakPods, most]),
} if {
	most := data.rollcast.params["peak-below-60"].maxPods
	some plan in input.plans.range
	plan.peakPods > most
}
