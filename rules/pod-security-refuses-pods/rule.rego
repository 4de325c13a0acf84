# METADATA
# title: the namespace refuses the pods
# description: |
#   A Namespace with the label `pod-security.kubernetes.io/enforce` refuses pods that are
#   against the standard it names. Workloads are accepted all the same, with no more than a
#   warning: the controller finds out when it creates the first pod, and a rollout stands still
#   there.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-admission/
#     description: "Kubernetes documentation: Pod Security Admission"
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
#     description: "Kubernetes documentation: Pod Security Standards"
# custom:
#   summary: The Namespace enforces a Pod Security Standard that the pods are against.
#   severity: error
#   category: rollout
#   confidence: high
#   profile: recommended
#   since: "0.1"
#   computed: |
#     The set holds the Namespace, whose label names `baseline` or `restricted`, at the latest
#     version. The pods are held against that standard's rules on host namespaces, privileges,
#     capabilities, host ports, volumes, running as root and seccomp. AppArmor, SELinux, sysctls
#     and Windows pods are not judged. Exemptions that the API server is configured with are not
#     known.
package rollcast.rules["pod-security-refuses-pods"]

findings contains {
	"at": refusal.id,
	"message": sprintf("Namespace %q enforces %s and refuses these pods: %s", [refusal.name, refusal.level, refusal.text]),
	"related": [{"at": refusal.by, "message": "enforced here"}],
} if {
	some refusal in input.context.refusals
	refusal.kind == "Namespace"
}
