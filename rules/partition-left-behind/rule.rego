# METADATA
# title: a partition from an earlier change keeps some pods old
# description: |
#   A partition lets a new template reach the higher ordinals only. One that was already there when the
#   template changes is often left over from an earlier canary: the rollout says it is complete, and the
#   lower ordinals run the old version, until one of them is lost and returns in it.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#partitions
#     description: "Kubernetes documentation: partitioned rolling updates"
# custom:
#   summary: The template of a StatefulSet changes, and a partition of before stays.
#   severity: warning
#   category: rollout
#   confidence: high
#   profile: recommended
#   kinds: [StatefulSet]
#   since: "0.1"
#   computed: |
#     In a review with a base: the pod template differs, and `partition` was above 0 before and still is, below
#     the number of replicas. With one of the replicas or more `partition-holds-all-pods` says that no pod is
#     reached. Silent where `spec.ordinals.start` is set.
package rollcast.rules["partition-left-behind"]

findings contains {
	"at": input.id,
	"path": ["spec", "updateStrategy", "rollingUpdate", "partition"],
	"message": sprintf("partition %d was there before and stays, so the new template reaches %s and leaves %s at the old version; lower it unless this is the next canary", [input.update.partition, ordinals(input.update.partition, input.replicas.effective - 1), ordinals(0, input.update.partition - 1)]),
	"related": [{"at": changed.id, "message": "the template changes here"}],
} if {
	"rollout" in input.change.kinds
	input.update.type == "RollingUpdate"
	input.update.partition > 0
	input.update.partition < input.replicas.max
	input.change.base.spec.updateStrategy.rollingUpdate.partition > 0
	object.get(input.change.base, ["spec", "ordinals", "start"], 0) == 0
	changed := [b | some b in input.change.because; startswith(b.path, "spec.template")][0]
}

ordinals(from, to) := sprintf("ordinal %d", [from]) if from == to

ordinals(from, to) := sprintf("ordinals %d to %d", [from, to]) if from < to
