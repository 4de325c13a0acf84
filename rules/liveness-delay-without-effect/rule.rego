# METADATA
# title: a delay of liveness that the startup probe makes void
# description: |
#   Liveness waits until the startup probe has succeeded, and its `initialDelaySeconds` counts
#   from the start of the container. Where the startup probe itself does not ask before, the
#   delay is always over by then: it looks like a safety margin and is none.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
#     description: "Kubernetes documentation: liveness, readiness and startup probes"
# custom:
#   summary: initialDelaySeconds of liveness has no effect beside the startup probe.
#   severity: info
#   category: probes
#   confidence: high
#   profile: recommended
#   since: "0.1"
#   computed: |
#     `initialDelaySeconds` of liveness is above 0 and no more than that of the startup probe
#     of the same container. A longer one is not reported: a startup probe may succeed at
#     once, and then the delay counts.
package rollcast.rules["liveness-delay-without-effect"]

findings contains {
	"at": liveness.id,
	"path": ["initialDelaySeconds"],
	"message": sprintf("initialDelaySeconds %d has no effect: liveness waits for the startup probe, which first asks after %d s", [liveness.initialDelaySeconds, startup.initialDelaySeconds]),
	"related": [{"at": startup.id, "message": "the startup probe"}],
} if {
	some container in input.containers
	liveness := container.probes.liveness
	startup := container.probes.startup
	liveness.initialDelaySeconds > 0
	liveness.initialDelaySeconds <= startup.initialDelaySeconds
}
