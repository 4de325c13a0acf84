# METADATA
# title: a port and the number that the Service sends to change together
# description: |
#   A Service changes at once, pods one after the other. When containerPort and a targetPort that is a number
#   change in one apply, the Service sends to the new number while old pods, still most of them, listen on the
#   old one: their connections are refused until the rollout ends. A name is looked up in each pod by itself,
#   so with `targetPort: http` both versions are reached.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports
#     description: "Kubernetes documentation: named target ports"
# custom:
#   summary: A change moves a container to another port, and its Service sends to the new number at once.
#   severity: warning
#   category: services
#   confidence: high
#   profile: recommended
#   kinds: [Deployment, StatefulSet, DaemonSet]
#   since: "0.1"
#   computed: |
#     In a review with a base: the container that answers the Service declared ports before, not the number that
#     the Service sends to now, and declares it now. The base's ports are those of the container of the same name.
package rollcast.rules["port-moves-with-its-service"]

findings contains {
	"at": declared.id,
	"path": ["containerPort"],
	"message": sprintf("container %q moves from port %v to %d, and Service %q sends to %d from the first moment on, which old pods refuse until the rollout ends; let targetPort name the port", [container.name, before[0], port.number, service.name, port.number]),
	"related": [{"at": port.id, "path": ["targetPort"], "message": "the Service"}],
} if {
	"rollout" in input.change.kinds
	some service in input.context.services
	some port in service.ports
	port.number
	some container in input.containers
	container.name == port.container
	some declared in container.ports
	declared.number == port.number
	before := [p.containerPort | some c in input.change.base.spec.template.spec.containers; c.name == container.name; some p in c.ports]
	count(before) > 0
	not port.number in before
}
