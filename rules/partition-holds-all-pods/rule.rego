# METADATA
# title: an update that reaches no pod
# description: |
#   Ordinals below `partition` keep the old version. With a partition of as many as there are
#   replicas, or more, a changed template is accepted and no pod is updated: it looks like a
#   rollout that is complete.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
#     description: "Kubernetes documentation: StatefulSets"
# custom:
#   summary: The partition of a StatefulSet is not below its replicas, so that no pod is updated.
#   severity: warning
#   category: rollout
#   confidence: high
#   profile: recommended
#   kinds: [StatefulSet]
#   since: "0.1"
#   computed: |
#     `updateStrategy.rollingUpdate.partition` is at least `spec.replicas`, or the
#     autoscaler's maximum, and at least one replica is wanted.
package rollcast.rules["partition-holds-all-pods"]

import data.rollcast.lib

findings contains {
	"at": input.id,
	"path": ["spec", "updateStrategy", "rollingUpdate", "partition"],
	"message": sprintf("partition %d keeps %s at the old version, so a new template reaches none; lower it to the first ordinal that should be updated", [input.update.partition, kept]),
	"fix": {"ops": [{"op": "set", "path": ["spec", "updateStrategy", "rollingUpdate", "partition"], "value": 0}]},
} if {
	input.update.partition >= input.replicas.max
	input.replicas.max > 0
	kept := {true: "the only pod", false: sprintf("all %d pods", [input.replicas.max])}[input.replicas.max == 1]
	input.update.type == "RollingUpdate"
}
