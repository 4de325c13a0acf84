# METADATA
# title: liveness asks from the first second
# description: |
#   A liveness probe without a delay and without a startup probe counts failures while the application
#   still starts. With the defaults it restarts the container after 20 s, and a start that takes
#   21 s on a busy day never ends.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
#     description: "Kubernetes documentation: configure probes"
#   - ref: https://github.com/kubernetes/enhancements/issues/950
#     description: "KEP-950: why startup probes were added"
# custom:
#   summary: A liveness probe has no initialDelaySeconds, its container no startup probe, and nothing says how long the start takes.
#   severity: info
#   category: probes
#   confidence: low
#   profile: strict
#   since: "0.1"
#   computed: |
#     `initialDelaySeconds` of a liveness probe is 0, there is no startup probe, and neither the annotation
#     `rollcast/startup-seconds` nor a delay of the readiness probe tells how long the start takes: where
#     they do, `liveness-kills-slow-start` compares.
package rollcast.rules["liveness-starts-at-once"]

import data.rollcast.lib

findings contains {
	"at": liveness.id,
	"message": sprintf("liveness asks container %q from the first second and can restart it after %d s (%s), however long its start takes; add a startupProbe with periodSeconds %d and failureThreshold 30", [container.name, liveness.killSeconds.min, liveness.killArithmetic, liveness.periodSeconds]),
	"fix": lib.with_startup(container, liveness, liveness.periodSeconds, 30, []),
} if {
	some container in input.containers
	liveness := container.probes.liveness
	liveness.initialDelaySeconds == 0
	not container.probes.startup
	not container.expectedStart
	not liveness.unresolvable
}
