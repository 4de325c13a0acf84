# METADATA
# title: the rollout takes every pod away at once
# description: |
#   A rolling update keeps `replicas − maxUnavailable` pods available. Where `maxUnavailable` comes
#   to all of them, the controller deletes every old pod before a new one answers: each deployment
#   is an outage for as long as scheduling, pulling and starting take. It happens with `100%`, with
#   a number that was right before the replicas were lowered, and with one replica and
#   `maxUnavailable: 1`.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable
#     description: "Kubernetes documentation: max unavailable"
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment
#     description: "Kubernetes documentation: rolling update of a Deployment"
# custom:
#   summary: maxUnavailable comes to all replicas, so that a rolling update leaves a Service without a pod.
#   severity: error
#   category: availability
#   confidence: high
#   profile: minimal
#   kinds: [Deployment]
#   since: "0.1"
#   computed: |
#     The predicted rollout has a step without an available pod. Percentages of `maxUnavailable` are
#     rounded down, and where `maxSurge` and `maxUnavailable` both come to 0 the controller takes 1.
#     With an autoscaler it is computed at its minimum. Only workloads behind a Service of the same
#     set are reported.
#
#     It is a warning with one replica, and where the pods mount a claim that one node, or one pod,
#     can use at a time (ReadWriteOnce, ReadWriteOncePod): there the old pod may have to go first.
package rollcast.rules["rollout-zero-availability"]

import data.rollcast.lib

findings contains {
	"at": input.strategy.maxUnavailable.id,
	"severity": severity,
	"message": sprintf(
		"the rollout leaves Service %q without a pod: maxUnavailable %s, so every pod may go before a new one is ready; %s",
		[service.name, input.plans.lowest.unavailable.arithmetic, advice],
	),
	"related": [{"at": service.id, "message": "the Service that has no pod meanwhile"}],
	"fix": new_first,
} if {
	lib.all_replaced_at_once
	service := input.context.services[0]
}

# A volume that one node at a time can mount may need the old pod gone first.
volume if input.context.claims[_].singleNode

severity := "warning" if volume else := "warning" if input.plans.lowest.replicas == 1 else := "error"

advice := "if the claim needs the old pod gone first, strategy Recreate says so plainly" if volume else := "set maxUnavailable: 0 and maxSurge: 1"

# Where nothing keeps the new pod from coming before the old one goes.
new_first := {"ops": [{"op": "set", "at": input.strategy.maxSurge.id, "value": 1}, {"op": "set", "at": input.strategy.maxUnavailable.id, "value": 0}]} if {
	count(input.pod.exclusive) == 0
	count(input.context.claims) == 0
	every container in input.containers { count(container.extended) == 0 }
} else := null
