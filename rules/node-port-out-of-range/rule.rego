# METADATA
# title: a node port that the cluster does not give out
# description: |
#   An API server gives out node ports of one range, 30000 to 32767 unless it is started with another, and refuses a
#   Service that asks for a port outside of it. The refusal comes at the apply, after whatever was applied before.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport
#     description: "Kubernetes documentation: Services of type NodePort"
# custom:
#   summary: A Service asks for a node port outside of the range that API servers give out.
#   severity: warning
#   category: services
#   confidence: high
#   profile: recommended
#   kinds: [Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController]
#   since: "0.1"
#   params:
#     first:
#       description: The first port that the cluster gives out.
#       default: 30000
#     last:
#       description: The last port that the cluster gives out.
#       default: 32767
#   computed: |
#     `nodePort` of a Service that selects a workload of the set is outside of the parameters `first` to `last`. The range
#     is a flag of the API server (`--service-node-port-range`) and stands in no manifest, so it is no error.
package rollcast.rules["node-port-out-of-range"]

findings contains {
	"at": port.id,
	"path": ["nodePort"],
	"message": sprintf("Service %q asks for node port %d, outside of %d to %d, which the API server refuses unless its range was changed; leave nodePort out, or choose one of the range", [service.name, port.nodePort, range.first, range.last]),
} if {
	range := data.rollcast.params["node-port-out-of-range"]
	some service in input.context.services
	some port in service.ports
	port.nodePort > 0
	outside(port.nodePort, range)
}

outside(number, range) if number < range.first

outside(number, range) if number > range.last
