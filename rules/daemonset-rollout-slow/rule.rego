# METADATA
# title: an update of a DaemonSet takes most of an hour
# description: |
#   A DaemonSet is updated a few nodes at a time, one by default, and each node waits for the old pod to stop
#   and the new one to start. On a hundred nodes that is a hundred times the time of one pod: an urgent
#   repair takes hours, and two versions run for all of them.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/manage-daemon/update-daemon-set/
#     description: "Kubernetes documentation: rolling update of a DaemonSet"
# custom:
#   summary: A rolling update of the DaemonSet would take longer than half an hour on a hundred nodes.
#   severity: info
#   category: rollout
#   confidence: low
#   profile: strict
#   kinds: [DaemonSet]
#   since: "0.1"
#   params:
#     nodes:
#       description: How many nodes the DaemonSet runs on.
#       default: 100
#     minutes:
#       description: The longest time that is not reported, in minutes.
#       default: 30
#   computed: |
#     The predicted duration on the planned nodes is divided by the waves it takes, and multiplied by the waves
#     that the parameter `nodes` would take: nodes ÷ maxUnavailable, or ÷ maxSurge, percentages of the nodes
#     rounded up. It is an upper bound: pulls, starts and ends are counted at their longest.
package rollcast.rules["daemonset-rollout-slow"]

import data.rollcast.lib

findings contains {
	"at": limit.id,
	"message": sprintf("on %s an update takes up to %d min: %s of up to %d s (%s %s); replace more nodes at a time, such as 10%%", [lib.counted(nodes, "node"), round((waves * wave) / 60), lib.counted(waves, "wave"), wave, name, limit.value]),
	"fix": tenth(waves),
} if {
	params := data.rollcast.params["daemonset-rollout-slow"]
	nodes := params.nodes
	input.update.type == "RollingUpdate"
	[name, limit] := step
	pods := max([1, share(limit, nodes)])
	waves := ceil(nodes / pods)
	plan := input.plans.timed
	wave := ceil(plan.durationSeconds.max / plan.waves)
	waves * wave > params.minutes * 60
}

step := ["maxSurge", input.update.maxSurge] if {
	not input.update.maxSurge.value in {"0", "0%"}
} else := ["maxUnavailable", input.update.maxUnavailable]

share(limit, nodes) := ceil((limit.percent * nodes) / 100) if {
	limit.percent
} else := to_number(limit.value)

tenth(waves) := {"ops": [{"op": "set", "value": "10%"}]} if waves > 10

tenth(waves) := null if waves <= 10
