# METADATA
# title: a new pod needs a device that the old one holds
# description: |
#   A GPU, or another resource of a device plugin, is not shared: the pod that runs holds it. A
#   rolling update that lets no pod be missing asks for one more before it gives one back. Where
#   all devices are in use, which is why they are bought one by one, the new pod stays `Pending`
#   and the rollout stands still.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus/
#     description: "Kubernetes documentation: schedule GPUs"
#   - ref: https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/device-plugins/
#     description: "Kubernetes documentation: device plugins"
# custom:
#   summary: A rolling update lets no pod be missing, and its pods hold a device such as a GPU.
#   severity: warning
#   category: rollout
#   confidence: medium
#   profile: recommended
#   kinds: [Deployment]
#   since: "0.1"
#   computed: |
#     The Deployment adds pods and lets none be missing, at the fewest replicas, and a container
#     asks for an extended resource, whose name has a domain of its own. How many devices are free
#     is not known: with as many spare ones as the surge it goes well.
package rollcast.rules["surge-pod-needs-free-device"]

findings contains {
	"at": device.id,
	"message": sprintf("a rollout of %d replicas needs %d pods with %s %s each, because none may be missing (maxUnavailable %s); set maxSurge: 0 and maxUnavailable: 1 unless one is spare", [
		plan.replicas, plan.replicas + plan.surge.pods, device.count, device.name, plan.unavailable.arithmetic,
	]),
	"related": [{"at": input.strategy.maxUnavailable.id, "message": "no pod may be missing"}],
	"fix": {"ops": [{"op": "set", "at": input.strategy.maxSurge.id, "value": 0}, {"op": "set", "at": input.strategy.maxUnavailable.id, "value": 1}]},
} if {
	plan := input.plans.lowest
	plan.surge.pods > 0
	plan.unavailable.pods == 0
	plan.replicas > 1
	some container in input.containers
	some device in container.extended
}

# A single replica cannot go first without an outage: that is for people to weigh.
findings contains {
	"at": device.id,
	"message": sprintf("a rollout needs a second pod with %s %s before the only one goes; keep one spare, or accept an outage by strategy Recreate", [device.count, device.name]),
	"related": [{"at": input.strategy.maxUnavailable.id, "message": "no pod may be missing"}],
} if {
	plan := input.plans.lowest
	plan.surge.pods > 0
	plan.unavailable.pods == 0
	plan.replicas == 1
	some container in input.containers
	some device in container.extended
}
