# METADATA
# title: a probe speaks HTTP to an HTTPS port
# description: |
#   `scheme` is HTTP by default. A server that expects TLS answers such a request with status
#   400 or closes the connection, and both count as a failure: the pod never becomes ready, or
#   is restarted again and again.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
#     description: "Kubernetes documentation: configure probes"
# custom:
#   summary: An httpGet probe asks a port for HTTPS without scheme HTTPS.
#   severity: warning
#   category: probes
#   confidence: medium
#   profile: recommended
#   since: "0.1"
#   computed: |
#     The probe's scheme is HTTP, and the container's port that it asks is called `https` or
#     begins with `https-`, or its number is 443, 6443 or 8443 and it is not called `http`.
package rollcast.rules["probe-asks-https-port-in-http"]

findings contains {
	"at": probe.id,
	"path": ["httpGet"],
	"message": sprintf("%s speaks HTTP to port %s of container %q, which is one for HTTPS; set scheme: HTTPS", [probe.role, name, container.name]),
	"fix": {"ops": [{"op": "set", "path": ["httpGet", "scheme"], "value": "HTTPS"}]},
} if {
	some container in input.containers
	some probe in container.probes
	probe.handler.scheme == "HTTP"
	name := secure(container, probe.handler.port)
}

secure(container, number) := port.name if {
	some port in container.ports
	startswith(port.name, "https")
	port.number == number
	regex.match("^https(-|$)", port.name)
} else := format_int(number, 10) if {
	number in {443, 6443, 8443}
	count([1 | some port in container.ports; port.number == number; startswith(port.name, "http")]) == 0
}
