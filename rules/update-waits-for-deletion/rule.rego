# METADATA
# title: a new version reaches a pod when somebody deletes it
# description: |
#   Under `OnDelete` a changed template changes nothing by itself. The pods keep the old version
#   until each is deleted by hand or lost with its node; then the new one comes unannounced.
#   That is a choice for storage and network daemons, and one to know when reading a change.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
#     description: "Kubernetes documentation: StatefulSets"
#   - ref: https://kubernetes.io/docs/tasks/manage-daemon/update-daemon-set/
#     description: "Kubernetes documentation: rolling update of a DaemonSet"
# custom:
#   summary: The update strategy is OnDelete, so that no pod is replaced by a rollout.
#   severity: info
#   category: rollout
#   confidence: high
#   profile: recommended
#   kinds: [DaemonSet, StatefulSet]
#   since: "0.1"
#   computed: |
#     `spec.updateStrategy.type` of a StatefulSet or DaemonSet is `OnDelete`.
package rollcast.rules["update-waits-for-deletion"]

findings contains {
	"at": input.id,
	"path": ["spec", "updateStrategy", "type"],
	"message": "a new template reaches a pod only when that is deleted by hand, or its node is lost",
} if {
	input.update.type == "OnDelete"
}
