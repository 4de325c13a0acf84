# METADATA
# title: the rollout stops before its end
# description: |
#   The predicted rollout reaches a state in which neither a pod becoming ready nor one going
#   away moves it on. Nothing undoes it: old and new pods stay as they are until the manifest is
#   repaired, and after `progressDeadlineSeconds` the Deployment is reported as failed.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
#     description: "Kubernetes documentation: Deployments"
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#failed-deployment
#     description: "Kubernetes documentation: failed Deployment"
# custom:
#   summary: The predicted rollout stops before its end, although every pod becomes ready.
#   severity: error
#   category: rollout
#   confidence: high
#   profile: recommended
#   kinds: [Deployment]
#   since: "0.1"
#   computed: |
#     The simulation of the default rollout ends as stalled, at the replicas, or at the
#     autoscaler's minimum or maximum. The place is the field that holds it there. A probe
#     whose port name leads nowhere is left to `probe-port-unknown`.
package rollcast.rules["rollout-stalls"]

import data.rollcast.lib

findings contains {
	"at": hazard.id,
	"message": sprintf("the rollout of %s stops at step %d, before its end, and nothing but a repair moves it on; rollcast plan shows the state", [lib.replicas(plan.replicas), hazard.step]),
} if {
	[plan, hazard] := [[p, h] | some p in input.plans.range; some h in p.hazards; h.hazard == "stalls"][0]
	count([1 | some probe in input.probes; probe.unresolvable]) == 0
}
