# METADATA
# title: a node agent leaves out tainted nodes
# description: |
#   A DaemonSet without tolerations leaves out every node with a taint: control planes, GPU pools, nodes for
#   one team. For an agent that reads the node's logs or metrics those are the nodes that are missed when
#   something happens there.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
#     description: "Kubernetes documentation: taints and tolerations"
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/
#     description: "Kubernetes documentation: DaemonSets"
# custom:
#   summary: A DaemonSet that uses a folder of the node has no tolerations.
#   severity: info
#   category: availability
#   confidence: low
#   profile: strict
#   kinds: [DaemonSet]
#   since: "0.1"
#   computed: |
#     The pods have a hostPath volume and no toleration at all. The tolerations that the DaemonSet controller adds
#     by itself are for conditions of a node, not for taints that people set.
package rollcast.rules["daemonset-skips-tainted-nodes"]

findings contains {
	"at": input.pod.id,
	"message": sprintf("the agent uses %s of its node, and runs on no node with a taint, such as a control plane; add the tolerations that are wanted, or exclude this file", [volume.hostPath]),
	"related": [{"at": volume.id, "message": "the folder of the node"}],
} if {
	input.pod.tolerations == 0
	volume := [v | some v in input.pod.volumes; v.hostPath][0]
}
