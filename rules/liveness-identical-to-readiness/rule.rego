# METADATA
# title: liveness asks the same as readiness, no more patiently
# description: |
#   Readiness takes a pod out of its Services for as long as it cannot answer; liveness restarts
#   the container. When both ask the same question and liveness gives up no later, every hiccup
#   that readiness was meant to ride out, a slow database, a full connection pool, becomes a
#   restart, of all pods at the same time. The restarted pods come back with cold caches and make
#   the hiccup an outage.
#
#   Liveness should ask only whether the process hangs, or wait much longer than readiness.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
#     description: "Kubernetes documentation: liveness, readiness and startup probes"
#   - ref: https://github.com/zegl/kube-score/blob/master/README_PROBES.md
#     description: "kube-score: why the two probes should differ"
#   - ref: https://github.com/zegl/kube-score/issues/339
#     description: "kube-score#339: the same endpoint is fine where liveness is more patient"
# custom:
#   summary: Liveness and readiness ask the same question, and liveness gives up no later than readiness.
#   severity: warning
#   category: probes
#   confidence: high
#   profile: recommended
#   since: "0.1"
#   computed: |
#     Two probes ask the same when mechanism, port, host, path, scheme, headers, command and service
#     are equal after defaults. A named port counts as the number that the container declares for
#     it, so that `http` and `8080` are the same where `http` is 8080.
#
#     A probe's patience is `(failureThreshold − 1) × periodSeconds`: how long it has to fail before
#     it acts. The finding needs liveness to be no more patient, and its `timeoutSeconds` to be no
#     longer. The proposed `failureThreshold` is three times the present one, and at least one that
#     makes liveness the more patient.
package rollcast.rules["liveness-identical-to-readiness"]

findings contains {
	"at": liveness.id,
	"message": sprintf(
		"liveness asks the same as readiness (%s) and gives up after %d s, no later than readiness (%d s), so a hiccup restarts the container instead of only keeping traffic away; raise liveness failureThreshold to %d, or ask only whether the process hangs",
		[liveness.question, liveness.patienceSeconds, readiness.patienceSeconds, threshold],
	),
	"related": [{"at": readiness.id, "message": "readiness asks the same here"}],
	"fix": {"ops": [{"op": "set", "path": ["failureThreshold"], "value": threshold}]},
} if {
	some container in input.containers
	liveness := container.probes.liveness
	readiness := container.probes.readiness
	liveness.handler == readiness.handler
	liveness.patienceSeconds <= readiness.patienceSeconds
	liveness.timeoutSeconds <= readiness.timeoutSeconds
	not liveness.unresolvable
	longer := floor(readiness.patienceSeconds / liveness.periodSeconds) + 2
	threshold := max([liveness.failureThreshold * 3, longer])
}
