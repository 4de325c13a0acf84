# METADATA
# title: an update of a DaemonSet takes every node at once
# description: |
#   What a DaemonSet gives to its node, its network, its logs or its storage, is missing while the pod is
#   replaced. A maxUnavailable of all nodes takes it away everywhere in the same moment, and a bad version has
#   broken the whole cluster before anyone looks. An absolute number that is a tenth of one cluster may be
#   all of another.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/manage-daemon/update-daemon-set/
#     description: "Kubernetes documentation: rolling update of a DaemonSet"
# custom:
#   summary: maxUnavailable of a DaemonSet covers every node.
#   severity: info
#   category: rollout
#   confidence: medium
#   profile: strict
#   kinds: [DaemonSet]
#   since: "0.1"
#   params:
#     nodes:
#       description: From how many nodes on a number counts as all of them.
#       default: 10
#   computed: |
#     `maxUnavailable` is 100 %, or an absolute number that is at least the parameter `nodes`.
package rollcast.rules["daemonset-updates-all-nodes"]

findings contains {
	"at": limit.id,
	"message": sprintf("maxUnavailable %s lets an update stop the pods of all nodes at once; set a small percentage, such as 10%%", [limit.value]),
	"fix": {"ops": [{"op": "set", "value": "10%"}]},
} if {
	input.update.type == "RollingUpdate"
	limit := input.update.maxUnavailable
	all_nodes(limit)
}

all_nodes(limit) if limit.percent >= 100

all_nodes(limit) if {
	not limit.percent
	to_number(limit.value) >= data.rollcast.params["daemonset-updates-all-nodes"].nodes
}
