# METADATA
# title: a probe may take longer than its period
# description: |
#   Attempts of one probe never overlap: the next waits until the last has ended. Where the
#   timeout is longer than the period, a hanging container is asked once per timeout, and
#   everything that is computed from the period comes later than the manifest says.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
#     description: "Kubernetes documentation: configure probes"
# custom:
#   summary: timeoutSeconds of a probe is above its periodSeconds.
#   severity: info
#   category: probes
#   confidence: high
#   profile: recommended
#   since: "0.1"
#   computed: |
#     `timeoutSeconds` is above `periodSeconds`, each with its default. The message compares
#     how long `failureThreshold` failures take by the period and by the timeout.
package rollcast.rules["probe-timeout-exceeds-period"]

findings contains {
	"at": probe.id,
	"path": ["timeoutSeconds"],
	"message": sprintf(
		"%s of container %q acts after %d s when it hangs, and not after %d s, because timeoutSeconds %d exceeds periodSeconds %d",
		[probe.role, probe.container, probe.failureThreshold * probe.timeoutSeconds, probe.failureThreshold * probe.periodSeconds, probe.timeoutSeconds, probe.periodSeconds],
	),
} if {
	some probe in input.probes
	probe.timeoutSeconds > probe.periodSeconds
}
