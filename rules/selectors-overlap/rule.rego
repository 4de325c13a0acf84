# METADATA
# title: two workloads select each other's pods
# description: |
#   The controllers tell their pods apart by their owner, so they do not fight over them.
#   Everything else goes by labels: the autoscaler of either counts the pods of both and stops
#   with `AmbiguousSelector`, a budget and a Service cover both, and `kubectl logs` or `rollout
#   status` by selector shows the wrong ones.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
#     description: "Kubernetes documentation: Deployments"
#   - ref: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
#     description: "Kubernetes documentation: labels and selectors"
# custom:
#   summary: The selectors of two workloads match the pods of each other.
#   severity: warning
#   category: services
#   confidence: high
#   profile: recommended
#   since: "0.1"
#   computed: |
#     The selector of each of the two matches the labels of the other's pod template, in the
#     same namespace of the set. Each pair is reported once. Jobs and bare Pods have no
#     selector of their own.
package rollcast.rules["selectors-overlap"]

findings contains {
	"at": input.id,
	"path": ["spec", "selector"],
	"message": sprintf("%s %q selects the pods of %s %q, and the other way round; give each a label of its own, and note that a selector cannot be changed in place", [input.kind, input.name, rival.kind, rival.name]),
	"related": [{"at": rival.id, "path": ["spec", "selector"], "message": "the other selector"}],
} if {
	rival := [r | some r in input.context.rivals; [r.kind, r.name] < [input.kind, input.name]][0]
}
