# METADATA
# title: a port for HTTP is only asked for a connection
# description: |
#   The kernel accepts a connection for a process that hangs. A tcpSocket probe of a web server
#   therefore succeeds while every request times out; an httpGet or grpc probe asks the server
#   itself.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
#     description: "Kubernetes documentation: configure probes"
# custom:
#   summary: A tcpSocket probe asks a port whose name says HTTP or gRPC.
#   severity: info
#   category: probes
#   confidence: medium
#   profile: strict
#   since: "0.1"
#   computed: |
#     The probe is a tcpSocket one, and the container declares the port under a name that is
#     `http`, `https` or `grpc`, or begins so with a dash behind.
package rollcast.rules["tcp-probe-on-http-port"]

findings contains {
	"at": probe.id,
	"path": ["tcpSocket"],
	"message": sprintf("%s of container %q asks port %s only for a connection, which a process that hangs still accepts; use httpGet or grpc", [probe.role, container.name, port.name]),
} if {
	some container in input.containers
	some probe in container.probes
	probe.handler.mechanism == "tcpSocket"
	some port in container.ports
	port.number == probe.handler.port
	regex.match("^(https?|grpc)(-|$)", port.name)
}
