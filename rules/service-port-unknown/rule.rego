# METADATA
# title: a Service sends to a port that no container names
# description: |
#   A named `targetPort` is looked up in the ports that the containers of each pod declare.
#   Where none has the name, for the Service's protocol, that port has no address at all, and
#   connections to it are refused, while the pods are ready and the rollout is green.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/service/
#     description: "Kubernetes documentation: Services"
# custom:
#   summary: The targetPort of a Service is a name that no container of the selected pods declares.
#   severity: error
#   category: services
#   confidence: high
#   profile: recommended
#   since: "0.1"
#   computed: |
#     `targetPort` is a name, and no container or sidecar of the workload declares a port of
#     that name and protocol. A number is never reported, because containers need not declare
#     what they listen on. A Service that selects several workloads is reported only if all of
#     them lack the name.
package rollcast.rules["service-port-unknown"]

findings contains {
	"at": port.id,
	"path": ["targetPort"],
	"message": sprintf("Service %q sends to port %s, which no container of %s %q declares, so it has no address; declare the port, or name one that is there", [service.name, port.target, input.kind, input.name]),
	"related": [{"at": input.pod.id, "message": "the pods it selects"}],
} if {
	some service in input.context.services
	service.workloads == 1
	some port in service.ports
	port.unknown
}
