# METADATA
# title: an autoscaler of something that is not there
# description: |
#   A HorizontalPodAutoscaler whose `scaleTargetRef` names nothing reports `FailedGetScale` and
#   scales nothing. It happens when a Deployment is renamed, or becomes a StatefulSet, and the
#   load grows long after.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
#     description: "Kubernetes documentation: horizontal pod autoscaling"
# custom:
#   summary: A HorizontalPodAutoscaler names a workload that the set does not hold.
#   severity: error
#   category: autoscaling
#   confidence: high
#   profile: recommended
#   kinds: [HorizontalPodAutoscaler]
#   needs-context: true
#   since: "0.1"
#   computed: |
#     The set has no workload of that group, kind and name in the namespace, but one of the
#     name and another kind, or only one workload at all, and no other autoscaler scales that.
#     A target of a kind that Kubernetes itself does not have is not judged.
package rollcast.rules["hpa-target-missing"]

findings contains {
	"at": input.unattached.id,
	"message": sprintf("HorizontalPodAutoscaler %q scales nothing: its target is not there, and %s", [input.name, input.unattached.gap]),
	"related": [{"at": input.unattached.meant, "message": "perhaps this was meant"}],
}
