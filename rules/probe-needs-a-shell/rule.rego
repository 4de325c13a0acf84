# METADATA
# title: a probe runs a shell that the image does not have
# description: |
#   A probe's exec command needs its program in the image. Images without a shell, such as
#   distroless ones, have none: every attempt is an error, which is neither success nor failure.
#   Readiness is then never reached, a startup probe neither passes nor restarts the container,
#   and liveness never acts.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
#     description: "Kubernetes documentation: configure probes"
#   - ref: https://github.com/kubernetes/kubernetes/issues/106682
#     description: "kubernetes#106682: a command that does not exist"
# custom:
#   summary: An exec probe runs a shell or another basic program in an image that has none.
#   severity: error
#   category: probes
#   confidence: medium
#   profile: recommended
#   since: "0.1"
#   computed: |
#     The image's name says that it has no shell, as for preStop hooks, and the first word of the
#     command is a shell, or cat, ls, test, true, echo, sleep, grep, curl or wget, with or without
#     its folder.
package rollcast.rules["probe-needs-a-shell"]

findings contains {
	"at": probe.id,
	"message": sprintf("%s of container %q runs %s, which image %q is known not to have: each attempt is an error, neither success nor failure; ask by httpGet, tcpSocket or grpc", [probe.role, container.name, probe.handler.command[0], container.image]),
} if {
	some container in input.containers
	container.shellless
	some probe in container.probes
	regex.match(`^(/(usr/)?bin/)?(sh|ash|bash|dash|cat|ls|test|true|echo|sleep|grep|curl|wget)$`, probe.handler.command[0])
}
