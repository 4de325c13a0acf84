# METADATA
# title: each apply resets what the autoscaler chose
# description: |
#   `spec.replicas` in the manifest is applied along with everything else: a workload that the
#   autoscaler has grown to 20 pods falls back to the manifest's number at the next deployment,
#   in the middle of the load, and has to grow again. Where `replicas` is removed from a
#   manifest that has been applied with it, the next apply would set it to 1 once; `kubectl
#   apply edit-last-applied` takes it out before.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
#     description: "Kubernetes documentation: horizontal pod autoscaling"
#   - ref: https://github.com/kubernetes/kubernetes/issues/25238
#     description: "kubernetes#25238: apply resets the replicas of an autoscaled Deployment"
# custom:
#   summary: spec.replicas is written, although a HorizontalPodAutoscaler sets it.
#   severity: warning
#   category: autoscaling
#   confidence: high
#   profile: recommended
#   kinds: [Deployment, StatefulSet, ReplicaSet, ReplicationController]
#   since: "0.1"
#   computed: |
#     A HorizontalPodAutoscaler of the same set names the workload, and its `spec.replicas` is
#     written, with another number than 0: that stops the workload, autoscaler or not.
package rollcast.rules["replicas-fight-autoscaler"]

import data.rollcast.lib

findings contains {
	"at": input.replicas.id,
	"message": sprintf("every apply sets %s, whatever HorizontalPodAutoscaler %q has chosen between %d and %d; remove replicas, and take it out of the last applied configuration first", [
		lib.replicas(input.replicas.declared), autoscaler.name, autoscaler.minReplicas, autoscaler.maxReplicas,
	]),
	"related": [{"at": autoscaler.id, "message": "the autoscaler"}],
	"fix": {"ops": [{"op": "remove"}]},
} if {
	input.replicas.declared > 0
	autoscaler := input.context.autoscalers[0]
}
