# METADATA
# title: probe asks a port that its container does not declare
# description: |
#   A probe may name a port instead of giving its number. The kubelet looks the name up among the
#   ports of the probe's own container, and only there, although all containers of a pod share one
#   address. Where the name is missing each attempt is an error, and an error is neither a success
#   nor a failure: a readiness probe keeps the pod out of its Services for ever, a startup probe
#   neither passes nor fails, so that the container hangs without a restart, and a liveness probe
#   never acts. The API server accepts such a manifest.
#
#   A port number is never reported: a container may listen where it declares nothing.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#use-a-named-port
#     description: "Kubernetes documentation: use a named port"
#   - ref: https://github.com/kubernetes/kubernetes/issues/106682
#     description: "kubernetes#106682: a probe with an unknown port name never fails"
# custom:
#   summary: A probe names a port that its container does not declare, so it never succeeds and never fails.
#   severity: error
#   category: probes
#   confidence: high
#   profile: minimal
#   since: "0.1"
#   computed: |
#     The name is compared with `ports[].name` of the container that the probe belongs to. For a
#     liveness probe the finding is a warning, because the rollout still completes.
package rollcast.rules["probe-port-unknown"]

findings contains {
	"at": probe.id,
	"path": [probe.handler.mechanism, "port"],
	"severity": severities[probe.role],
	"message": sprintf(
		"%s asks port %q, which container %q does not declare (%s), so %s; name one of its ports, or write the number",
		[probe.role, probe.portName, container.name, declares(container, probe.portName), consequences[probe.role]],
	),
} if {
	some container in input.containers
	some probe in container.probes
	probe.unresolvable
}

severities := {"startup": "error", "readiness": "error", "liveness": "warning"}

consequences := {
	"startup": "the container never starts and is never restarted",
	"readiness": "the pod never becomes ready",
	"liveness": "it never restarts anything",
}

# declares says what the container declares instead, and where the name is.
declares(container, name) := sprintf("container %q does, but a probe sees only its own container's ports", [other.name]) if {
	some other in input.containers
	other.id != container.id
	name in names(other)
	owners := [o.id | some o in input.containers; name in names(o)]
	other.id == owners[0]
}

declares(container, name) := sprintf("it declares %s", [concat(", ", [sprintf("%q", [n]) | some n in names(container)])]) if {
	not declared_elsewhere(name)
	count(names(container)) > 0
}

declares(container, name) := "it declares no named port" if {
	not declared_elsewhere(name)
	names(container) == []
}

declared_elsewhere(name) if {
	some container in input.containers
	name in names(container)
}

names(container) := [port.name | some port in container.ports; port.name]
