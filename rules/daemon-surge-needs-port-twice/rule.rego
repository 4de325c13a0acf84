# METADATA
# title: a surge pod wants the port of the pod that it replaces
# description: |
#   With `maxSurge` a DaemonSet starts the new pod on a node while the old one still runs there.
#   Where the pod takes a port of the node, the scheduler finds it taken: the new pod stays
#   `Pending`, the old one is never deleted, and the rollout stands still on the first nodes.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/manage-daemon/update-daemon-set/
#     description: "Kubernetes documentation: rolling update of a DaemonSet"
#   - ref: https://github.com/kubernetes/kubernetes/issues/106417
#     description: "kubernetes#106417: DaemonSet maxSurge and hostPort"
# custom:
#   summary: A DaemonSet with maxSurge takes a port of the node.
#   severity: error
#   category: rollout
#   confidence: high
#   profile: recommended
#   kinds: [DaemonSet]
#   since: "0.1"
#   computed: |
#     The update strategy is `RollingUpdate` with a `maxSurge` above 0, and a container or
#     sidecar has a `hostPort`, or declares a port while `hostNetwork` is true. The API server
#     accepts both together.
package rollcast.rules["daemon-surge-needs-port-twice"]

findings contains {
	"at": exclusive.id,
	"message": sprintf("the new pod of each node waits for %s, which the old one holds until the new one is available (maxSurge %s): the rollout never starts; set maxSurge: 0 and maxUnavailable: 1", [exclusive.text, input.update.maxSurge.value]),
	"related": [{"at": input.update.maxSurge.id, "message": "the new pod comes first"}],
	"fix": {"ops": [{"op": "set", "at": input.update.maxSurge.id, "value": 0}, {"op": "set", "at": input.update.maxUnavailable.id, "value": 1}]},
} if {
	input.update.type == "RollingUpdate"
	not input.update.maxSurge.value in {"0", "0%"}
	exclusive := [e | some e in input.pod.exclusive; e.hostPort][0]
}
