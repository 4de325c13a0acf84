# METADATA
# title: an autoscaler that cannot scale
# description: |
#   With equal `minReplicas` and `maxReplicas` the autoscaler has nothing to choose. It still
#   resets every other number of replicas, and looks in every overview as if the workload were
#   scaled.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
#     description: "Kubernetes documentation: horizontal pod autoscaling"
# custom:
#   summary: minReplicas and maxReplicas of a HorizontalPodAutoscaler are equal.
#   severity: info
#   category: autoscaling
#   confidence: high
#   profile: recommended
#   kinds: [Deployment, StatefulSet, ReplicaSet, ReplicationController]
#   since: "0.1"
#   computed: |
#     `maxReplicas` equals `minReplicas`, which is 1 by default.
package rollcast.rules["autoscaler-without-range"]

import data.rollcast.lib

findings contains {
	"at": autoscaler.id,
	"path": ["spec", "maxReplicas"],
	"message": sprintf("the autoscaler can choose only %s; raise maxReplicas, or write replicas and remove it", [lib.replicas(autoscaler.maxReplicas)]),
} if {
	some autoscaler in input.context.autoscalers
	autoscaler.minReplicas == autoscaler.maxReplicas
}
