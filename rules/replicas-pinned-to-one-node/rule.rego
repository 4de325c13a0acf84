# METADATA
# title: all replicas on one node
# description: |
#   A `nodeSelector` on `kubernetes.io/hostname` names one node. Several replicas there serve
#   more requests, and all of them go when the node goes or is drained: the new ones stay
#   `Pending` until it is back.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
#     description: "Kubernetes documentation: assigning pods to nodes"
# custom:
#   summary: nodeSelector names one node for several replicas.
#   severity: warning
#   category: availability
#   confidence: high
#   profile: recommended
#   kinds: [Deployment, StatefulSet, ReplicaSet, ReplicationController]
#   since: "0.1"
#   computed: |
#     `nodeSelector` holds `kubernetes.io/hostname`, and more than one replica is wanted at
#     the autoscaler's minimum.
package rollcast.rules["replicas-pinned-to-one-node"]

findings contains {
	"at": input.pod.pinned.id,
	"message": sprintf("all %d replicas run on node %q and have nowhere to go when it is drained; select nodes by a label that several have", [input.replicas.min, input.pod.pinned.node]),
} if {
	input.pod.pinned
	input.replicas.min > 1
}
