# METADATA
# title: nothing stops a bad version
# description: |
#   A rollout goes on as soon as a new pod is available. Without a readiness probe a pod is ready once
#   its process runs, and with minReadySeconds 0 it is available in the same moment: a version that
#   crashes after two seconds has replaced every pod before the first crash is seen.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
#     description: "Kubernetes documentation: Deployments"
#   - ref: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
#     description: "Kubernetes documentation: liveness, readiness and startup probes"
# custom:
#   summary: No container has a readiness probe and minReadySeconds is 0, so a rollout waits for nothing.
#   severity: warning
#   category: rollout
#   confidence: medium
#   profile: strict
#   kinds: [Deployment]
#   since: "0.1"
#   computed: |
#     A Deployment of two replicas or more with strategy RollingUpdate, without a readiness probe and
#     readiness gates, and with `minReadySeconds` 0. Pods behind a Service are left to
#     `service-pod-without-readiness`.
package rollcast.rules["bad-version-rolls-through"]

findings contains {
	"at": input.id,
	"path": ["spec", "minReadySeconds"],
	"message": sprintf("no container has a readiness probe and minReadySeconds is 0, so a version that crashes after a few seconds replaces all %d pods; add a readiness probe, or set minReadySeconds: 10", [input.replicas.min]),
	"fix": {"ops": [{"op": "set", "path": ["spec", "minReadySeconds"], "value": 10}]},
} if {
	input.replicas.min >= 2
	input.strategy.type == "RollingUpdate"
	input.minReadySeconds == 0
	count(input.pod.readinessGates) == 0
	count(input.context.services) == 0
	every container in input.containers {
		not container.probes.readiness
		not container.unreadable
	}
}
