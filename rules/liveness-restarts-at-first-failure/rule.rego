# METADATA
# title: one failed attempt restarts the container
# description: |
#   With `failureThreshold: 1` a single lost packet, a pause of the garbage collector or a busy
#   node is enough for a restart. Restarts take capacity away just when it is short, and the
#   next pod is then hit by the load of the first.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
#     description: "Kubernetes documentation: configure probes"
# custom:
#   summary: The liveness probe restarts the container after one failure.
#   severity: warning
#   category: probes
#   confidence: high
#   profile: recommended
#   since: "0.1"
#   computed: |
#     `failureThreshold` of a liveness probe is 1. A startup probe or a readiness probe with 1
#     is not reported.
package rollcast.rules["liveness-restarts-at-first-failure"]

findings contains {
	"at": liveness.id,
	"path": ["failureThreshold"],
	"message": sprintf("one failed liveness probe restarts container %q; set failureThreshold to 3", [container.name]),
	"fix": {"ops": [{"op": "set", "path": ["failureThreshold"], "value": 3}]},
} if {
	some container in input.containers
	liveness := container.probes.liveness
	liveness.failureThreshold == 1
	not liveness.unresolvable
}
