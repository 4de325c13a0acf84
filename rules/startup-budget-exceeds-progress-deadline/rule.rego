# METADATA
# title: the startup budget is no shorter than the progress deadline
# description: |
#   The startup probe gives the container its time, and the Deployment gives the rollout its own:
#   when no pod has become ready for `progressDeadlineSeconds` the rollout counts as failed, and
#   `kubectl rollout status`, Helm, Flux or Argo CD give up and may roll back. Where the startup
#   probe alone may take as long, a start that is slow but in order is reported as a failure, while
#   the pod is still coming up.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds
#     description: "Kubernetes documentation: progress deadline seconds"
#   - ref: https://github.com/cdk8s-team/cdk8s-plus/issues/515
#     description: "cdk8s-plus#515: a startup budget of ten minutes against the default deadline"
# custom:
#   summary: The startup probe may take as long as the rollout is given to make progress.
#   severity: warning
#   category: rollout
#   confidence: high
#   profile: recommended
#   kinds: [Deployment]
#   since: "0.1"
#   computed: |
#     The startup budget is `initialDelaySeconds + failureThreshold × periodSeconds` of the startup
#     probe, with the budgets of the sidecars that start before the container. Scheduling, image
#     pull and init containers come on top and are taken as 0 s here, so the finding holds whatever
#     they take. `minReadySeconds` does not count: a pod that becomes ready starts the clock anew.
#
#     The finding says so when the budget reaches `progressDeadlineSeconds`, 600 s by default.
package rollcast.rules["startup-budget-exceeds-progress-deadline"]

findings contains {
	"at": probe.id,
	"path": ["failureThreshold"],
	"message": sprintf(
		"startup of container %q may take %d s (%s), but the rollout counts as failed after %s; raise progressDeadlineSeconds above %d by what scheduling and pulling take, or lower the budget",
		[probe.container, probe.podBudgetSeconds, probe.budgetArithmetic, deadline.text, probe.podBudgetSeconds],
	),
	"related": [{"at": deadline.id, "message": sprintf("the rollout is given %s", [deadline.text])}],
	"fix": {"ops": [{"op": "set", "at": deadline.id, "value": probe.podBudgetSeconds + 300}]},
} if {
	some probe in input.probes
	deadline := input.progressDeadline
	probe.podBudgetSeconds >= deadline.seconds
	not probe.unresolvable
}
