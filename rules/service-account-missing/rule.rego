# METADATA
# title: pods ask for a ServiceAccount that nothing creates
# description: |
#   The API server accepts the workload and refuses its pods: "serviceaccount not found". A rollout then takes old
#   pods away, as far as maxUnavailable lets it, and gets no new ones. A ServiceAccount that is given rights
#   here and made nowhere was usually renamed in one place, or left out of a move.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
#     description: "Kubernetes documentation: service accounts for pods"
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
#     description: "Kubernetes documentation: RBAC"
# custom:
#   summary: The pods ask for a ServiceAccount that a binding of the set names and that the set does not hold.
#   severity: error
#   category: rollout
#   confidence: high
#   profile: recommended
#   needs-context: true
#   since: "0.1"
#   computed: |
#     `serviceAccountName` is not `default`, a RoleBinding or ClusterRoleBinding of the set names it in the workload's
#     namespace, and the set does not hold it. Silent where the set is incomplete or holds custom resources, whose
#     operators may make it. Absent Secrets and ConfigMaps are not reported: programs and people make them.
package rollcast.rules["service-account-missing"]

findings contains {
	"at": missing.id,
	"message": sprintf("%s %q is given rights here and created nowhere, and without it no pod is created; add it, or correct the name", [missing.kind, missing.name]),
	"related": [{"at": missing.by, "message": "it is given rights here"}],
} if some missing in input.missing
