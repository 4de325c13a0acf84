# METADATA
# title: every pod is replaced in one wave
# description: |
#   Where surge and unavailable together are as many as there are replicas, every new pod is created at
#   once. The first one then cannot show the others that the version is bad, and caches, connections and
#   the database meet all of them cold in the same minute.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
#     description: "Kubernetes documentation: Deployments"
# custom:
#   summary: maxSurge and maxUnavailable together replace every pod at once.
#   severity: info
#   category: rollout
#   confidence: medium
#   profile: strict
#   kinds: [Deployment]
#   since: "0.1"
#   computed: |
#     A Deployment of four replicas or more, at the autoscaler's minimum, where maxSurge and
#     maxUnavailable in pods come to the replicas or more, and maxUnavailable alone does not.
package rollcast.rules["rollout-in-one-wave"]

findings contains {
	"at": input.strategy.maxSurge.id,
	"message": sprintf("all %d new pods come at once (maxSurge %s, maxUnavailable %s), so none can show the others that the version is bad; lower maxSurge", [plan.replicas, plan.surge.arithmetic, plan.unavailable.arithmetic]),
} if {
	plan := input.plans.lowest
	plan.replicas >= 4
	plan.surge.pods + plan.unavailable.pods >= plan.replicas
	plan.unavailable.pods < plan.replicas
}
