# METADATA
# title: an autoscaler may grow in the middle of a rollout
# description: |
#   New pods start cold: they compile, fill caches and use more CPU than the old ones did, or they do no
#   work yet while the old ones do it all. An autoscaler counts that as load and asks for more pods, of
#   which the rollout starts a share on top. Clusters have seen 383 pods become 664 in one rollout.
# related_resources:
#   - ref: https://github.com/kubernetes/kubernetes/issues/72775
#     description: "kubernetes#72775: pods multiply during a rollout"
#   - ref: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
#     description: "Kubernetes documentation: horizontal pod autoscaling"
# custom:
#   summary: An autoscaler with a wide range and a large surge may multiply the pods in a rollout.
#   severity: info
#   category: autoscaling
#   confidence: low
#   profile: strict
#   kinds: [Deployment]
#   since: "0.1"
#   computed: |
#     maxSurge comes to a quarter of the replicas or more at the autoscaler's maximum, which is at least twice
#     its minimum. The number is the predicted peak at that maximum.
package rollcast.rules["autoscaler-grows-in-rollout"]

findings contains {
	"at": autoscaler.id,
	"message": sprintf("a rollout of %d pods may become one of up to %d at one time, if the autoscaler takes the load of the start for more work (maximum %d, maxSurge %s); lower maxSurge, or let behavior.scaleUp wait", [plans.atMin.peakPods, plans.atMax.peakPods, autoscaler.maxReplicas, plans.atMax.surge.arithmetic]),
	"related": [{"at": input.strategy.maxSurge.id, "message": "the surge"}],
} if {
	plans := input.plans
	autoscaler := input.context.autoscalers[0]
	autoscaler.maxReplicas >= 2 * autoscaler.minReplicas
	autoscaler.minReplicas > 0
	plans.atMax.surge.pods * 4 >= plans.atMax.replicas
}
