# METADATA
# title: a rollout that goes well may be reported as failed
# description: |
#   `progressDeadlineSeconds` bounds the time without progress, and a pod that becomes ready or
#   available is progress. Where one leg can take longer, such as a long delay before readiness
#   is asked or a long `minReadySeconds`, the Deployment is reported as failed while it goes on:
#   `kubectl rollout status` and a pipeline that waits for it end with an error, and may roll
#   back what was about to succeed.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
#     description: "Kubernetes documentation: Deployments"
#   - ref: https://github.com/cdk8s-team/cdk8s-plus/issues/515
#     description: "cdk8s-plus#515: progress deadline and probes"
# custom:
#   summary: One leg of the predicted rollout can take longer than progressDeadlineSeconds.
#   severity: warning
#   category: rollout
#   confidence: high
#   profile: recommended
#   kinds: [Deployment]
#   since: "0.1"
#   computed: |
#     The simulation of the default rollout, with 0 to 1 s for scheduling, 0 to 20 s for
#     pulling and starts as long as the probes allow, has a leg without progress that takes
#     longer than `progressDeadlineSeconds`. A startup probe that alone may take as long is
#     left to `startup-budget-exceeds-progress-deadline`.
package rollcast.rules["rollout-reported-failed-too-early"]

findings contains {
	"at": hazard.id,
	"message": sprintf("%s; raise progressDeadlineSeconds", [hazard.message]),
} if {
	hazard := [h | some h in input.plans.range[_].hazards; h.hazard == "progress-deadline"][0]
	count([1 | some probe in input.probes; probe.podBudgetSeconds >= input.progressDeadline.seconds]) == 0
}
