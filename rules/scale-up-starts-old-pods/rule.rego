# METADATA
# title: template and replicas change together
# description: |
#   A Deployment whose replicas and template change in one apply is scaled first: the controller fills
#   up the ReplicaSet that is there, with the old version, and only then begins the rollout. Where the
#   higher number was meant for the new version, the old one gets it, with its pulls, its start-up and
#   its load on the database.
# related_resources:
#   - ref: https://github.com/kubernetes/kubernetes/issues/105395
#     description: "kubernetes#105395: scaling and updating in one apply"
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
#     description: "Kubernetes documentation: Deployments"
# custom:
#   summary: A change raises the replicas and changes the template of a Deployment at once.
#   severity: warning
#   category: rollout
#   confidence: high
#   profile: recommended
#   kinds: [Deployment]
#   since: "0.1"
#   computed: |
#     In a review with a base: the pod template differs, `spec.replicas` is written on both sides and higher
#     now, and the strategy is RollingUpdate. The pods of the old version that come first are the
#     difference.
package rollcast.rules["scale-up-starts-old-pods"]

import data.rollcast.lib

findings contains {
	"at": input.replicas.id,
	"message": sprintf("replicas rise from %d to %d together with the template, and the controller first adds %s of the old version and then replaces all %d; apply the template first, and the replicas after it", [before, now, lib.counted(now - before, "pod"), now]),
	"related": [{"at": changed.id, "message": "the template changes here"}],
} if {
	"rollout" in input.change.kinds
	before := input.change.base.spec.replicas
	now := input.replicas.declared
	before > 0
	now > before
	input.strategy.type == "RollingUpdate"
	changed := [b | some b in input.change.because; startswith(b.path, "spec.template")][0]
}
