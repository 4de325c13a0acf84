# METADATA
# title: liveness first asks after minutes
# description: |
#   A large `initialDelaySeconds` is how a slow start was covered before startup probes. The
#   delay holds at every restart, however fast the start was: a container that hangs right after
#   its start goes unnoticed for that long. A startup probe of the same length ends as soon as
#   the application answers, and liveness takes over at that moment.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
#     description: "Kubernetes documentation: liveness, readiness and startup probes"
#   - ref: https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/950-liveness-probe-holdoff
#     description: "KEP-950: why startup probes were added"
# custom:
#   summary: The liveness probe waits longer than two minutes, where a startup probe would end as soon as the application answers.
#   severity: warning
#   category: probes
#   confidence: high
#   profile: recommended
#   since: "0.1"
#   params:
#     delaySeconds:
#       description: The longest delay that is not reported.
#       default: 120
#   computed: |
#     `initialDelaySeconds` of a liveness probe is above the parameter `delaySeconds` and the container has no startup
#     probe. The proposed startup probe gives the same time, in periods of 10 s.
package rollcast.rules["liveness-starts-late"]

import data.rollcast.lib

findings contains {
	"at": liveness.id,
	"path": ["initialDelaySeconds"],
	"message": sprintf(
		"liveness of container %q asks only after %d s, so a hang before goes unnoticed; replace the delay by a startupProbe with periodSeconds 10 and failureThreshold %d",
		[container.name, liveness.initialDelaySeconds, ceil(liveness.initialDelaySeconds / 10)],
	),
	"fix": lib.with_startup(container, liveness, 10, ceil(liveness.initialDelaySeconds / 10), [{"op": "set", "path": ["initialDelaySeconds"], "value": 0}]),
} if {
	some container in input.containers
	liveness := container.probes.liveness
	liveness.initialDelaySeconds > data.rollcast.params["liveness-starts-late"].delaySeconds
	not container.probes.startup
	not liveness.unresolvable
}
