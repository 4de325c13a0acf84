# METADATA
# title: an autoscaler may leave one pod
# description: |
#   In a quiet hour the autoscaler goes down to its minimum. With a minimum of 1 the Service then hangs
#   on one pod, and a drain of that node is an outage, at the very time at which drains are planned.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
#     description: "Kubernetes documentation: horizontal pod autoscaling"
#   - ref: https://kubernetes.io/docs/concepts/workloads/pods/disruptions/
#     description: "Kubernetes documentation: disruptions"
# custom:
#   summary: An autoscaler of pods behind a Service has a minimum of 1.
#   severity: info
#   category: autoscaling
#   confidence: low
#   profile: strict
#   kinds: [Deployment, StatefulSet, ReplicaSet, ReplicationController]
#   since: "0.1"
#   computed: |
#     `minReplicas`, 1 by default, of the HorizontalPodAutoscaler is 1, `maxReplicas` is higher, and a
#     Service selects the pods. KEDA's ScaledObject counts by `minReplicaCount`.
package rollcast.rules["autoscaler-may-leave-one-pod"]

findings contains {
	"at": autoscaler.id,
	"path": ["spec", {"HorizontalPodAutoscaler": "minReplicas", "ScaledObject": "minReplicaCount"}[autoscaler.kind]],
	"message": sprintf("the autoscaler may leave Service %q a single pod of up to %d, and nobody answers while that is drained from its node; raise the minimum to 2", [service.name, autoscaler.maxReplicas]),
	"related": [{"at": service.id, "message": "the Service"}],
} if {
	service := input.context.services[0]
	some autoscaler in input.context.autoscalers
	autoscaler.minReplicas == 1
	autoscaler.maxReplicas > 1
}
