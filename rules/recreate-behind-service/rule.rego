# METADATA
# title: each rollout is an outage of its Service
# description: |
#   Under `Recreate` all old pods go, and have to be gone, before the first new one is created.
#   The Service has no address for as long as shutting down, scheduling, pulling and starting
#   take, and for good if the new version does not start.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
#     description: "Kubernetes documentation: Deployments"
# custom:
#   summary: A Deployment behind a Service has strategy Recreate, although no volume needs it.
#   severity: warning
#   category: availability
#   confidence: medium
#   profile: recommended
#   kinds: [Deployment]
#   since: "0.1"
#   computed: |
#     The strategy is `Recreate`, at least one replica is wanted, a Service of the same set
#     selects the pods, and nothing that the manifests show may need the old pod gone first:
#     the pods mount no PersistentVolumeClaim and take no port of the node.
package rollcast.rules["recreate-behind-service"]

findings contains {
	"at": input.strategy.id,
	"message": sprintf("strategy Recreate leaves Service %q without a pod in every rollout; use RollingUpdate with maxSurge: 1 and maxUnavailable: 0 if two versions can run side by side", [service.name]),
	"fix": side_by_side,
	"related": [{"at": service.id, "message": "the Service that has no pod meanwhile"}],
} if {
	input.strategy.type == "Recreate"
	input.replicas.min > 0
	service := input.context.services[0]
	count(input.pod.exclusive) == 0
	every volume in input.pod.volumes { not volume.claim }
}

side_by_side := {"ops": [
	{"op": "set", "path": ["type"], "value": "RollingUpdate"},
	{"op": "insert", "path": ["rollingUpdate"], "value": {"maxSurge": 1, "maxUnavailable": 0}},
]} if {
	input.replicas.max > 1
	every container in input.containers { count(container.extended) == 0 }
} else := null
