# METADATA
# title: a new pod needs a node that holds no old one
# description: |
#   A host port, or a required anti-affinity to its own kind, keeps two pods of a Deployment off
#   one node. A rolling update that lets no pod be missing then needs a node without one: where
#   there are as many nodes as replicas the new pod stays `Pending`, no old one goes, and the
#   rollout stands still until its deadline.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
#     description: "Kubernetes documentation: assigning pods to nodes"
#   - ref: https://github.com/kubernetes/kubernetes/issues/104664
#     description: "kubernetes#104664: rolling update and required anti-affinity"
# custom:
#   summary: A rolling update lets no pod be missing, and no node takes two pods.
#   severity: warning
#   category: rollout
#   confidence: medium
#   profile: recommended
#   kinds: [Deployment]
#   since: "0.1"
#   computed: |
#     The Deployment adds pods and lets none be missing, at the fewest replicas, and its pods
#     take a port of the node (`hostPort`, or a declared port with `hostNetwork`) or require
#     an anti-affinity on `kubernetes.io/hostname` that meets their own labels. How many nodes
#     there are is not known: with more than the replicas it can go well. An anti-affinity
#     with `matchLabelKeys: [pod-template-hash]` does not keep new pods from old ones.
package rollcast.rules["surge-pod-needs-free-node"]

findings contains {
	"at": exclusive.id,
	"message": sprintf("a rollout of %d replicas needs %d nodes, because %s keeps two pods off one node and none may be missing (maxUnavailable %s); set maxSurge: 0 and maxUnavailable: 1", [
		plan.replicas, plan.replicas + 1, exclusive.text, plan.unavailable.arithmetic,
	]),
	"related": [{"at": input.strategy.maxUnavailable.id, "message": "no pod may be missing"}],
	"fix": {"ops": [{"op": "set", "at": input.strategy.maxSurge.id, "value": 0}, {"op": "set", "at": input.strategy.maxUnavailable.id, "value": 1}]},
} if {
	plan := input.plans.lowest
	plan.surge.pods > 0
	plan.unavailable.pods == 0
	plan.replicas > 1
	exclusive := input.pod.exclusive[0]
}
