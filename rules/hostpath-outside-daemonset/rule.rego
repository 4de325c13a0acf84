# METADATA
# title: data lies on whatever node the pod is on
# description: |
#   A hostPath is a folder of the node. A pod that moves, in a rollout or a drain, finds another folder on the next
#   node, empty or of another tenant, and leaves its data behind.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
#     description: "Kubernetes documentation: hostPath"
# custom:
#   summary: A workload that may move to another node writes to a hostPath volume.
#   severity: info
#   category: storage
#   confidence: medium
#   profile: strict
#   kinds: [Deployment, ReplicaSet, StatefulSet]
#   since: "0.1"
#   computed: |
#     A Deployment, ReplicaSet or StatefulSet mounts a hostPath writable and is not pinned to one node. Sockets and
#     folders of the system (/dev, /proc, /sys, /run, /var/run, /etc/localtime, /lib/modules) are left out.
package rollcast.rules["hostpath-outside-daemonset"]

findings contains {
	"at": volume.id,
	"message": sprintf("volume %q is the folder %s of whatever node the pod is on, and its data stays there when the pod moves; use a PersistentVolumeClaim, or pin the pod", [volume.name, volume.hostPath]),
} if {
	not input.pod.pinned
	some volume in input.pod.volumes
	volume.hostPath
	not regex.match(`^/$|^/(dev|proc|sys|run|etc|boot|lib/modules|usr/src|var/run|var/lib/kubelet|var/log)(/|$)|\.sock$`, volume.hostPath)
	count([1 | some m in volume.mounts; not m.readOnly]) > 0
}
