# METADATA
# title: a claim template asks for more than pods use
# description: |
#   A claim with several access modes is bound only to a volume that supports all of them, although the pods
#   use one: on a storage class without the others it stays pending, and so do the pods. A namespace in a
#   claim template has no effect; claims are made where the StatefulSet is. Neither can be changed later
#   without recreating the StatefulSet.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes
#     description: "Kubernetes documentation: access modes"
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
#     description: "Kubernetes documentation: StatefulSets"
# custom:
#   summary: A claim template has several access modes or a namespace.
#   severity: warning
#   category: storage
#   confidence: high
#   profile: recommended
#   kinds: [StatefulSet]
#   since: "0.1"
#   computed: |
#     More than one entry in `accessModes` of a claim template, or, as an info, a `metadata.namespace` in it. No
#     fix is proposed, because volumeClaimTemplates cannot be changed in place.
package rollcast.rules["claim-template-with-odd-fields"]

findings contains {
	"at": template.id,
	"path": ["spec", "accessModes"],
	"message": sprintf("claim template %q asks for %s, and only a volume that supports all of them is bound; name the one that the pods use, before the StatefulSet is created", [template.name, concat(" and ", template.accessModes)]),
} if {
	some template in input.claimTemplates
	count(template.accessModes) > 1
}

findings contains {
	"at": template.id,
	"path": ["metadata", "namespace"],
	"severity": "info",
	"message": sprintf("namespace %q of claim template %q has no effect, because claims are made where the StatefulSet is; leave it out of the next one", [template.namespace, template.name]),
} if {
	some template in input.claimTemplates
	template.namespace != ""
	template.namespace != input.namespace
}
