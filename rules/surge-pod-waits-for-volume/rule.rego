# METADATA
# title: a new pod waits for the volume of the old one
# description: |
#   A `ReadWriteOnce` volume can be attached to one node at a time, and a `ReadWriteOncePod` one
#   to one pod. A rolling update that first adds a pod and takes the old one away only when that
#   is available waits for itself: the new pod stays in `ContainerCreating` with a Multi-Attach
#   error unless it happens to land on the same node, or is not scheduled at all.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/storage/persistent-volumes/
#     description: "Kubernetes documentation: persistent volumes"
#   - ref: https://github.com/kubernetes/kubernetes/issues/48968
#     description: "kubernetes#48968: Multi-Attach error in a rolling update"
# custom:
#   summary: A rolling update needs the new pod before the old one goes, but both mount a volume that only one node or pod can use.
#   severity: error
#   category: storage
#   confidence: high
#   profile: recommended
#   kinds: [Deployment]
#   since: "0.1"
#   computed: |
#     The Deployment adds pods and lets none be missing, at the fewest replicas, while its
#     pods mount a claim of the same set whose access modes are all `ReadWriteOnce` or
#     `ReadWriteOncePod`. It is an error for `ReadWriteOncePod`, which the scheduler enforces,
#     and a warning for `ReadWriteOnce`, where the node decides. Claims of storage that
#     ignores access modes, such as NFS, are better declared as `ReadWriteMany`.
package rollcast.rules["surge-pod-waits-for-volume"]

findings contains {
	"at": input.strategy.id,
	"severity": severity,
	"message": sprintf("a rollout brings the new pod before the old one goes (maxUnavailable %s), but claim %q is %s: %s; use strategy Recreate, or set maxSurge: 0 and maxUnavailable: 1", [
		plan.unavailable.arithmetic, claim.name, mode, consequence,
	]),
	"fix": {"description": "use strategy Recreate, which leaves no pod until the new one is ready", "ops": array.concat(
		[{"op": "set", "path": ["type"], "value": "Recreate"}],
		[{"op": "remove", "path": ["rollingUpdate"]} | written],
	)},
	"related": [{"at": claim.id, "path": ["spec", "accessModes"], "message": "the claim"}],
} if {
	plan := input.plans.lowest
	plan.surge.pods > 0
	plan.unavailable.pods == 0
	plan.replicas > 0
	some claim in input.context.claims
	claim.singleNode
	mode := claim.accessModes[0]
	[severity, consequence] := {
		"ReadWriteOncePod": ["error", "the new pod is never scheduled"],
		"ReadWriteOnce": ["warning", "on another node the new pod never starts"],
	}[mode]
}

written if input.strategy.maxSurge.declared

written if input.strategy.maxUnavailable.declared
