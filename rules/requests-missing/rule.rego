# METADATA
# title: a container that requests nothing
# description: |
#   The scheduler counts requests, not use. A container without any may be put on a node that is
#   full, is the first to be evicted from it, and leaves the surge of a rollout without a
#   figure: nobody can say whether it fits.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
#     description: "Kubernetes documentation: resource management"
# custom:
#   summary: A container requests no CPU or no memory.
#   severity: info
#   category: capacity
#   confidence: low
#   profile: strict
#   kinds: [Deployment, StatefulSet, DaemonSet]
#   since: "0.1"
#   computed: |
#     The pod's request of cpu or memory is unknown, because a container that keeps running names
#     neither a request nor a limit of it, and the pod as a whole does not either. One finding a
#     pod.
package rollcast.rules["requests-missing"]

findings contains {
	"at": input.pod.id,
	"message": sprintf("the pod requests no %s, because not every container does: the scheduler cannot see what it needs", [concat(" and no ", missing)]),
} if {
	missing := [name | some name in ["cpu", "memory"]; not input.pod.requests[name]]
	count(missing) > 0
}
