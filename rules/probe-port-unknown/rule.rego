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
#   - ref: https://github.com/kubernetes/kubernetes/issues/139283
#     description: "kubernetes#139283: a named port that does not resolve leaves a probe unknown"
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
	"severity": effect.severity,
	"message": sprintf(
		"%s asks port %q, which container %q does not declare (%s), so %s; name one of its ports, or write the number",
		[probe.role, probe.portName, probe.container, probe.portFault, effect.text],
	),
	"fix": only_port(probe),
} if {
	some probe in input.probes
	probe.unresolvable
	effect := effects[probe.role]
}

# The container declares one port, so that is meant.
only_port(probe) := {"ops": [{"op": "set", "path": [probe.handler.mechanism, "port"], "value": object.get(port, "name", port.number)}]} if {
	probe.handler.mechanism == "httpGet"
	ports := [c.ports | some c in input.containers; c.name == probe.container][0]
	count(ports) == 1
	port := ports[0]
} else := null

effects := {
	"startup": {"severity": "error", "text": "the container never starts and is never restarted"},
	"readiness": {"severity": "error", "text": "the pod never becomes ready"},
	"liveness": {"severity": "warning", "text": "it never restarts anything"},
}
