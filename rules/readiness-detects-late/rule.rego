# METADATA
# title: a pod that fails keeps its traffic for long
# description: |
#   Readiness takes a pod out of its Service only after `failureThreshold` failures in a row.
#   Until then every request that meets it fails or hangs.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
#     description: "Kubernetes documentation: liveness, readiness and startup probes"
# custom:
#   summary: Readiness takes longer than a minute to take a failing pod out of its Service.
#   severity: info
#   category: probes
#   confidence: medium
#   profile: strict
#   since: "0.1"
#   params:
#     maxSeconds:
#       description: The longest time that is not reported.
#       default: 60
#       min: 1
#   computed: |
#     failureThreshold × periodSeconds of the readiness probe of a container behind a Service is
#     above the parameter `maxSeconds`.
package rollcast.rules["readiness-detects-late"]

findings contains {
	"at": readiness.id,
	"message": sprintf("a pod that fails gets traffic for up to %d s (failureThreshold %d × periodSeconds %d); ask more often, or give up sooner", [seconds, readiness.failureThreshold, readiness.periodSeconds]),
	"fix": {"ops": [{"op": "set", "path": ["failureThreshold"], "value": max([1, floor(data.rollcast.params["readiness-detects-late"].maxSeconds / readiness.periodSeconds)])}]},
} if {
	input.context.services[0]
	some container in input.containers
	readiness := container.probes.readiness
	seconds := readiness.failureThreshold * readiness.periodSeconds
	seconds > data.rollcast.params["readiness-detects-late"].maxSeconds
}
