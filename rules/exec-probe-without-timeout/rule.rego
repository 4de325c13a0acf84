# METADATA
# title: an exec probe has one second to answer
# description: |
#   `timeoutSeconds` is 1 by default, and since Kubernetes 1.20 it counts for exec probes too.
#   Starting a process in a container takes a good part of that on a busy node, or under a CPU
#   limit: the probe then fails although nothing is wrong, and a liveness probe restarts the
#   container for it.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
#     description: "Kubernetes documentation: configure probes"
#   - ref: https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/1972-kubelet-exec-probe-timeouts
#     description: "KEP-1972: exec probe timeouts"
# custom:
#   summary: An exec probe does not say how long its command may take, which is one second then.
#   severity: warning
#   category: probes
#   confidence: high
#   profile: recommended
#   since: "0.1"
#   computed: |
#     An exec probe without `timeoutSeconds`, or with 0, which means the default as well. It
#     is a warning for liveness, where a slow command restarts the container, and an info for
#     readiness and startup. Commands that `probe-proves-nothing` reports are left to it.
package rollcast.rules["exec-probe-without-timeout"]

import data.rollcast.lib

findings contains {
	"at": probe.id,
	"severity": {"liveness": "warning", "readiness": "info", "startup": "info"}[probe.role],
	"message": sprintf("%s of container %q runs a command that has only the default of 1 s to answer; set timeoutSeconds, such as 5", [probe.role, probe.container]),
	"fix": {"ops": [{"op": "set", "path": ["timeoutSeconds"], "value": 5}]},
} if {
	some probe in input.probes
	probe.handler.mechanism == "exec"
	not probe.timeoutDeclared
	not lib.proves_nothing(probe)
}
