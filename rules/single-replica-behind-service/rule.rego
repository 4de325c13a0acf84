# METADATA
# title: one pod answers a Service
# description: |
#   While the only pod moves, because its node is drained, upgraded or lost, the Service has nobody to
#   send to. A rollout can avoid that with a surge; a drain cannot.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/pods/disruptions/
#     description: "Kubernetes documentation: disruptions"
#   - ref: https://kubernetes.io/docs/tasks/run-application/configure-pdb/
#     description: "Kubernetes documentation: disruption budgets"
# custom:
#   summary: A Service is answered by a single replica.
#   severity: info
#   category: availability
#   confidence: low
#   profile: strict
#   kinds: [Deployment]
#   since: "0.1"
#   computed: |
#     A Deployment that never has more than one replica, its autoscaler's maximum included, is behind a
#     Service. With strategy Recreate `recreate-behind-service` says more.
package rollcast.rules["single-replica-behind-service"]

findings contains {
	"at": input.replicas.id,
	"message": sprintf("Service %q has one pod, and nobody answers while that is drained from its node; run 2 replicas if two can work side by side", [service.name]),
	"related": [{"at": service.id, "message": "the Service"}],
} if {
	input.replicas.effective == 1
	input.replicas.max == 1
	input.strategy.type == "RollingUpdate"
	service := input.context.services[0]
}
