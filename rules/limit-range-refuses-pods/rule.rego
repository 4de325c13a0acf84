# METADATA
# title: a LimitRange refuses the pods
# description: |
#   A LimitRange refuses every pod with a container whose request or limit is above its maximum
#   or below its minimum. The workload itself is accepted; its controller then cannot create a
#   pod, and the rollout stands still.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/policy/limit-range/
#     description: "Kubernetes documentation: limit ranges"
# custom:
#   summary: A container's request or limit is outside what a LimitRange of the namespace allows.
#   severity: error
#   category: capacity
#   confidence: high
#   profile: recommended
#   since: "0.1"
#   computed: |
#     The set holds a LimitRange of the type Container in the workload's namespace, and a
#     container writes a cpu or memory request or limit above its `max` or below its `min`. What a
#     container does not write is not judged.
package rollcast.rules["limit-range-refuses-pods"]

findings contains {
	"at": refusal.id,
	"message": sprintf("%s of LimitRange %q: no pod is created", [refusal.text, refusal.name]),
	"related": [{"at": refusal.by, "message": "the bound"}],
} if {
	some refusal in input.context.refusals
	refusal.kind == "LimitRange"
}
