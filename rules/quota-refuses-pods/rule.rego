# METADATA
# title: a quota refuses pods that do not say what they use
# description: |
#   A ResourceQuota that counts `requests.cpu` refuses every pod with a container that requests
#   no CPU. The workload itself is accepted, so that applying it looks well; then its controller
#   cannot create a single pod. A rollout takes old pods away as far as `maxUnavailable` allows,
#   and gets none for them.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/policy/resource-quotas/
#     description: "Kubernetes documentation: resource quotas"
# custom:
#   summary: A ResourceQuota counts a resource that a container does not name, so that no pod is created.
#   severity: error
#   category: capacity
#   confidence: high
#   profile: recommended
#   since: "0.1"
#   computed: |
#     The set holds a ResourceQuota without scopes in the workload's namespace that counts cpu or
#     memory, as requests or as limits, and a container, init containers included, that does not
#     name it. A limit stands for a request. A LimitRange in the namespace may fill it in, and
#     resources of the pod as a whole may count: then nothing is reported.
package rollcast.rules["quota-refuses-pods"]

findings contains {
	"at": refusal.id,
	"message": sprintf("%s, and ResourceQuota %q counts it: no pod is created; name it, or add a LimitRange with a default", [refusal.text, refusal.name]),
	"related": [{"at": refusal.by, "message": "the quota counts it here"}],
} if {
	some refusal in input.context.refusals
	refusal.kind == "ResourceQuota"
}
