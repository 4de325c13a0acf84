# METADATA
# title: the spread of the new pods is disturbed by the old ones
# description: |
#   A topology spread constraint counts all pods that its selector matches, also those of the
#   old version. New pods are placed where the old ones leave room, and when those are gone the
#   new ones are skewed; a zone without room can even hold the rollout up. `matchLabelKeys:
#   [pod-template-hash]` counts each revision by itself.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
#     description: "Kubernetes documentation: topology spread constraints"
#   - ref: https://github.com/kubernetes/enhancements/tree/master/keps/sig-scheduling/3243-respect-pod-topology-spread-after-rolling-upgrades
#     description: "KEP-3243: respect pod topology spread after rolling upgrades"
# custom:
#   summary: A required topology spread counts the pods of the old version too.
#   severity: info
#   category: rollout
#   confidence: high
#   profile: recommended
#   kinds: [Deployment]
#   since: "0.1"
#   computed: |
#     A constraint with `whenUnsatisfiable: DoNotSchedule` matches the pods of its own
#     Deployment, and its `matchLabelKeys` does not hold `pod-template-hash`. The field works
#     from Kubernetes 1.27 on.
package rollcast.rules["spread-counts-old-pods"]

findings contains {
	"at": spread.id,
	"message": sprintf("the spread over %s counts old and new pods together during a rollout, which leaves the new ones skewed; add matchLabelKeys: [pod-template-hash]", [spread.topologyKey]),
	"fix": {"ops": [{"op": "insert", "path": ["matchLabelKeys"], "value": ["pod-template-hash"]}]},
} if {
	some spread in input.pod.spread
	not spread.byRevision
	input.strategy.type == "RollingUpdate"
}
