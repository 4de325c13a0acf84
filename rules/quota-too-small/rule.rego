# METADATA
# title: a quota lets too few pods in
# description: |
#   A ResourceQuota refuses the pod that would exceed it. The controller retries for ever, with
#   ever longer pauses, and says so only in an event. Where not even one pod more than the
#   replicas fits and none may be missing, the first new pod of a rollout is refused and the
#   rollout stands still; pods that terminate count until they are gone.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/policy/resource-quotas/
#     description: "Kubernetes documentation: resource quotas"
# custom:
#   summary: A ResourceQuota has no room for the pods that the workload, its autoscaler or its rollout asks for.
#   severity: error
#   category: capacity
#   confidence: high
#   profile: recommended
#   since: "0.1"
#   computed: |
#     What all workloads of the set and namespace want, at the replicas that a rollout starts
#     from, is taken from the quota; the rest over what one pod requests, rounded down, is the
#     room. Pods that request nothing of the resource are left out of the sum, as is everything
#     outside the set, so there may be less room. Quotas with scopes are not judged.
#
#     Below zero not all replicas fit: an error. With no room and no pod that may be missing the
#     rollout stalls: an error. With room for some of the surge only, it is slower: an info. Where
#     an autoscaler's maximum does not fit: a warning.
package rollcast.rules["quota-too-small"]

import data.rollcast.lib

findings contains finding(room, sprintf("ResourceQuota %q has no room for %d of %s (%s %s, wanted %s)", [room.name, 0 - room.pods, lib.counted(input.replicas.effective, "pod"), room.resource, room.hard, room.used]), "error") if {
	some room in input.context.rooms
	room.pods < 0
}

findings contains finding(room, sprintf("ResourceQuota %q has no room for one more pod (%s %s, used %s), and no pod may be missing: the rollout stalls; raise it, or set maxUnavailable: 1", [room.name, room.resource, room.hard, room.used]), "error") if {
	some room in input.context.rooms
	room.pods == 0
	input.plans.timed.surge.pods > 0
	input.plans.timed.unavailable.pods == 0
}

findings contains finding(room, sprintf("ResourceQuota %q has room for %d of %s (%s %s, used %s): the rollout takes longer", [room.name, room.pods, lib.counted(input.plans.timed.surge.pods, "surge pod"), room.resource, room.hard, room.used]), "info") if {
	some room in input.context.rooms
	room.pods >= 0
	room.pods < input.plans.timed.surge.pods
	room.pods + input.plans.timed.unavailable.pods > 0
}

findings contains finding(room, sprintf("the autoscaler may ask for %s, and ResourceQuota %q lets in %d (%s %s)", [lib.counted(input.replicas.max, "pod"), room.name, input.replicas.effective + room.pods, room.resource, room.hard]), "warning") if {
	some room in input.context.rooms
	room.pods >= 0
	input.replicas.max > input.replicas.effective + room.pods
}

finding(room, message, severity) := {
	"at": input.replicas.id,
	"message": message,
	"severity": severity,
	"related": [{"at": room.id, "message": "the quota"}],
}
