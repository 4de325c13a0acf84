# METADATA
# title: a volume in memory without a limit
# description: |
#   An `emptyDir` with `medium: Memory` is a tmpfs. What is written there counts as memory of
#   the containers and is never paged out: without a `sizeLimit` a growing file ends in an
#   out-of-memory kill, and without a memory limit it takes the memory of the node.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/storage/volumes/
#     description: "Kubernetes documentation: volumes"
# custom:
#   summary: An emptyDir in memory has no sizeLimit.
#   severity: warning
#   category: storage
#   confidence: medium
#   profile: strict
#   since: "0.1"
#   computed: |
#     `emptyDir` has `medium: Memory` and no `sizeLimit`.
package rollcast.rules["memory-volume-unbounded"]

findings contains {
	"at": volume.id,
	"message": sprintf("volume %q lies in memory and may take all of it; set emptyDir.sizeLimit", [volume.name]),
} if {
	some volume in input.pod.volumes
	volume.unbounded
}
