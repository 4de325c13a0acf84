# METADATA
# title: no old revision is kept
# description: |
#   `kubectl rollout undo` goes back to an old ReplicaSet. With `revisionHistoryLimit: 0` each
#   is deleted as soon as it has no pods, and a bad version can only be repaired by rolling out
#   a third one. An old ReplicaSet without pods costs nothing but its entry.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
#     description: "Kubernetes documentation: Deployments"
# custom:
#   summary: revisionHistoryLimit is 0, so that a rollout cannot be undone.
#   severity: warning
#   category: rollout
#   confidence: high
#   profile: recommended
#   kinds: [Deployment]
#   since: "0.1"
#   computed: |
#     `revisionHistoryLimit` of a Deployment is 0; the default is 10.
package rollcast.rules["no-revision-to-undo"]

findings contains {
	"at": input.id,
	"path": ["spec", "revisionHistoryLimit"],
	"message": "no old ReplicaSet is kept, so kubectl rollout undo has nothing to go back to; set revisionHistoryLimit to 2 or more",
	"fix": {"ops": [{"op": "set", "path": ["spec", "revisionHistoryLimit"], "value": 10}]},
} if {
	input.revisionHistoryLimit == 0
}
