# METADATA
# title: two autoscalers of one workload
# description: |
#   Two HorizontalPodAutoscalers that scale one workload undo each other's decisions every 15
#   seconds: pods come and go without end. Newer controllers see it, report `AmbiguousSelector`,
#   and scale nothing at all.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
#     description: "Kubernetes documentation: horizontal pod autoscaling"
# custom:
#   summary: More than one HorizontalPodAutoscaler scales the workload.
#   severity: error
#   category: autoscaling
#   confidence: high
#   profile: recommended
#   kinds: [Deployment, StatefulSet, ReplicaSet, ReplicationController]
#   since: "0.1"
#   computed: |
#     Two or more HorizontalPodAutoscalers of the set name the workload in scaleTargetRef.
package rollcast.rules["autoscalers-overlap"]

findings contains {
	"at": input.context.autoscalers[1].id,
	"message": sprintf("HorizontalPodAutoscalers %s all scale %s %q, and undo each other's decisions; merge their metrics into one", [concat(" and ", names), input.kind, input.name]),
	"related": [{"at": other.id, "message": "scales it too"} | some i, other in input.context.autoscalers; i != 1],
} if {
	names := [sprintf("%q", [a.name]) | some a in input.context.autoscalers]
	count(names) > 1
}
