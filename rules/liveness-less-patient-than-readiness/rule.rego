# METADATA
# title: liveness gives up before readiness does
# description: |
#   When an application hangs, readiness should take its traffic away first, and liveness
#   restart it only if it stays that way. Where liveness needs fewer failures or asks more
#   often, the pod is killed while its Services still send it requests, and a short overload
#   becomes a restart of every pod at once.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
#     description: "Kubernetes documentation: liveness, readiness and startup probes"
#   - ref: https://github.com/WASdev/websphere-liberty-operator/issues/89
#     description: "websphere-liberty-operator#89: liveness longer than readiness"
# custom:
#   summary: The liveness probe restarts the container sooner than the readiness probe takes its traffic away.
#   severity: warning
#   category: probes
#   confidence: medium
#   profile: recommended
#   since: "0.1"
#   computed: |
#     A probe's patience is `(failureThreshold − 1) × periodSeconds`, the time from its first
#     failure to the one that counts. The initial delays play no part: they are over long
#     before. Two probes that ask the same are the matter of
#     `liveness-identical-to-readiness`. The proposed `failureThreshold` is the smallest that
#     makes liveness as patient as readiness.
package rollcast.rules["liveness-less-patient-than-readiness"]

findings contains {
	"at": liveness.id,
	"message": sprintf(
		"liveness gives up after %d s, before readiness does after %d s, so a hanging container %q is restarted while it still gets traffic; raise liveness failureThreshold to %d",
		[liveness.patienceSeconds, readiness.patienceSeconds, container.name, threshold],
	),
	"related": [{"at": readiness.id, "message": "readiness is more patient here"}],
	"fix": {"ops": [{"op": "set", "path": ["failureThreshold"], "value": threshold}]},
} if {
	some container in input.containers
	liveness := container.probes.liveness
	readiness := container.probes.readiness
	liveness.patienceSeconds < readiness.patienceSeconds
	liveness.handler != readiness.handler
	not liveness.unresolvable
	threshold := ceil(readiness.patienceSeconds / liveness.periodSeconds) + 1
}
