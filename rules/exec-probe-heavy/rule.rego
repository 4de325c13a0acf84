# METADATA
# title: a probe that starts a runtime every few seconds
# description: |
#   An exec probe starts its command anew at each attempt. A Java, Python or Node process takes
#   a second of CPU to say that another one is well, in the container's own limit: the probe
#   then makes the application slow, and the slow application makes the probe fail.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
#     description: "Kubernetes documentation: configure probes"
# custom:
#   summary: An exec probe starts an interpreter or a runtime more often than every ten seconds.
#   severity: info
#   category: probes
#   confidence: medium
#   profile: strict
#   since: "0.1"
#   computed: |
#     The first word of the command is java, python, node, ruby, php or perl, with or without its
#     folder and version, and periodSeconds is below 10. Startup probes are left out.
package rollcast.rules["exec-probe-heavy"]

findings contains {
	"at": probe.id,
	"message": sprintf("%s of container %q starts %s every %d s; ask less often, or by httpGet, tcpSocket or grpc", [probe.role, probe.container, probe.handler.command[0], probe.periodSeconds]),
} if {
	some probe in input.probes
	probe.role != "startup"
	probe.periodSeconds < 10
	regex.match(`^(/[\w/.-]*/)?(java|python|node|ruby|php|perl)[0-9.]*$`, probe.handler.command[0])
}
