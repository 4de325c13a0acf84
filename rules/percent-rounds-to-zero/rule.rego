# METADATA
# title: a percentage of maxUnavailable rounds down to 0 pods
# description: |
#   `maxUnavailable` is rounded down, and `maxSurge` up. A quarter of three pods is 0.75 of a pod,
#   so `maxUnavailable: 25%` allows none to be missing: the rollout needs room for a surge pod, and
#   where a quota, a host port or the nodes leave none it cannot start. Where the surge comes to 0
#   as well the controller takes one pod away, which is more than the percentage says. Neither is
#   wrong, but the manifest does not show it.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable
#     description: "Kubernetes documentation: max unavailable"
#   - ref: https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/controller/deployment/util/deployment_util.go
#     description: "Kubernetes source: ResolveFenceposts"
# custom:
#   summary: maxUnavailable is written as a percentage that comes to less than one pod.
#   severity: info
#   category: rollout
#   confidence: high
#   profile: recommended
#   kinds: [Deployment]
#   since: "0.1"
#   computed: |
#     The predicted rollout tells: `maxUnavailable × replicas / 100` is below 1, with the replicas at
#     the autoscaler's minimum where there is one. Only a percentage that the manifest writes is
#     reported, not the default of 25%, and not `0%`.
package rollcast.rules["percent-rounds-to-zero"]

findings contains {
	"at": share.id,
	"message": sprintf("maxUnavailable %s: %s", [plan.unavailable.arithmetic, consequence]),
} if {
	share := input.strategy.maxUnavailable
	share.declared
	plan := input.plans.lowest
	consequence := consequences[plan.hazards[_].hazard]
}

consequences := {
	"both-round-to-zero": "a pod goes before the new one comes",
	"percent-rounds-to-zero": "an old pod goes only when a new one is available, so there has to be room for the surge",
}
