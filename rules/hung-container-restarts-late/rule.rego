# METADATA
# title: a container that hangs is restarted minutes later
# description: |
#   When a liveness probe has failed, the container gets the pod's whole grace period to stop. A
#   container that hangs does not stop, so a long grace period, right for an orderly end, becomes the
#   time of the outage. The probe can have a shorter one of its own.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
#     description: "Kubernetes documentation: configure probes"
#   - ref: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/
#     description: "Kubernetes documentation: the end of a pod"
# custom:
#   summary: A liveness probe has no grace period of its own, and that of the pod is long.
#   severity: info
#   category: probes
#   confidence: medium
#   profile: strict
#   since: "0.1"
#   params:
#     graceSeconds:
#       description: The longest grace period of the pod that is not reported.
#       default: 120
#   computed: |
#     `terminationGracePeriodSeconds` of the pod is above the parameter `graceSeconds`, and the liveness
#     probe has none of its own. The restart comes after the liveness probe's patience,
#     `(failureThreshold − 1) × periodSeconds`, and the pod's grace period.
package rollcast.rules["hung-container-restarts-late"]

findings contains {
	"at": liveness.id,
	"message": sprintf("container %q is restarted %d s after it has begun to hang: liveness gives up after %d s, and then it has terminationGracePeriodSeconds %d to stop; set terminationGracePeriodSeconds: 30 in the probe", [container.name, liveness.patienceSeconds + grace, liveness.patienceSeconds, grace]),
	"related": [{"at": input.pod.id, "path": ["terminationGracePeriodSeconds"], "message": "the pod's grace period"}],
	"fix": {"ops": [{"op": "set", "path": ["terminationGracePeriodSeconds"], "value": 30}]},
} if {
	grace := input.pod.terminationGracePeriodSeconds
	grace > data.rollcast.params["hung-container-restarts-late"].graceSeconds
	some container in input.containers
	liveness := container.probes.liveness
	not liveness.graceSeconds
}
