# METADATA
# title: the deployer gives up before the rollout can be done
# description: |
#   `helm upgrade --wait` waits five minutes, and Flux and Argo CD have clocks of their own.
#   Where the rollout may take longer, the deployer reports a failure, and with `--atomic` or a
#   remediation it rolls back in the middle of a rollout that was going well, so that twice as
#   many pods restart.
# related_resources:
#   - ref: https://helm.sh/docs/helm/helm_upgrade/
#     description: "Helm documentation: helm upgrade"
#   - ref: https://fluxcd.io/flux/components/helm/helmreleases/
#     description: "Flux documentation: HelmRelease timeout"
# custom:
#   summary: The predicted rollout may take longer than the tool that applies it waits.
#   severity: warning
#   category: rollout
#   confidence: low
#   profile: strict
#   kinds: [Deployment, StatefulSet, DaemonSet]
#   since: "0.1"
#   params:
#     timeoutSeconds:
#       description: How long the tool that applies the manifest waits for the rollout.
#       default: 300
#       min: 1
#   computed: |
#     The longest duration of the predicted rollout, at the most replicas, is above the parameter
#     `timeoutSeconds`, five minutes as in Helm, and the replicas are more than one. Where a container
#     has a startup or liveness probe, the longest duration is that probe's patience, and the shortest
#     counts. The assumptions behind the duration are those of `rollcast plan`.
package rollcast.rules["rollout-outlasts-deploy-timeout"]

findings contains {
	"message": sprintf("the rollout of %d replicas %s, and the tool that applies it waits %d s (timeoutSeconds); let it wait longer", [plan.replicas, sprintf(words, [seconds]), timeout]),
} if {
	timeout := data.rollcast.params["rollout-outlasts-deploy-timeout"].timeoutSeconds
	plan := input.plans.range[count(input.plans.range) - 1]
	plan.replicas > 1 # one pod takes as long as it takes, and its probes say so
	plan.outcome == "complete"
	[seconds, words] := duration(plan.durationSeconds)
	seconds > timeout
}

# How long probes let a container start is patience, and no prediction.
duration(seconds) := [seconds.min, "takes at least %v s"] if {
	patient
} else := [seconds.max, "may take up to %v s"]

patient if input.containers[_].probes.startup

patient if input.containers[_].probes.liveness
