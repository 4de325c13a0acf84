# METADATA
# title: payments with fewer than three pods
# description: Three pods carry the load of payments at its lowest.
# custom:
#   severity: error
#   kinds: [Deployment]
package rollcast.rules["payments-keep-three"]

findings contains {
	"at": input.strategy.maxUnavailable.id,
	"message": sprintf("the rollout leaves %d available pods of payments, and 3 have to stay", [plan.minAvailable]),
} if {
	input.object.metadata.labels.team == "payments"
	some plan in input.plans.range
	plan.minAvailable < 3
}
