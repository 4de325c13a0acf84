# METADATA
# title: a rollout of more than ten minutes
# description: We deploy on the hour, and a rollout has to be over before the next.
# custom:
#   severity: warning
#   kinds: [Deployment, StatefulSet]
#   params:
#    maxSeconds:
#      description: How long a rollout may take.
#      default: 600
package rollcast.rules["rollout-in-ten-minutes"]

findings contains {"message": sprintf("the rollout of %d replicas can take %d s, more than %d", [plan.replicas, longest, most])} if {
	most := data.rollcast.params["rollout-in-ten-minutes"].maxSeconds
	some plan in input.plans.range
	longest := object.get(plan.durationSeconds, "max", object.get(plan.durationSeconds, "atLeast", 0))
	longest > most
}
