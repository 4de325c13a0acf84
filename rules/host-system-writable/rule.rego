# METADATA
# title: a pod may write to the system of its node
# description: |
#   Who can write to `/`, `/proc`, `/sys` or `/etc` of a node owns it. Agents that only read metrics mount them
#   writable because readOnly is not the default, and a fault in the agent, or in what it is fed, then breaks
#   the node.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
#     description: "Kubernetes documentation: hostPath"
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
#     description: "Kubernetes documentation: Pod Security Standards"
# custom:
#   summary: A hostPath volume of the root, /proc, /sys or /etc is mounted writable.
#   severity: warning
#   category: storage
#   confidence: medium
#   profile: strict
#   since: "0.1"
#   computed: |
#     A container mounts a hostPath of `/`, `/etc`, `/proc` or `/sys` itself without `readOnly: true`. Whether the
#     program means to write there, as installers do, is not known.
package rollcast.rules["host-system-writable"]

findings contains {
	"at": volume.id,
	"message": sprintf("container %q may write to %s of its node; set readOnly: true on the mount at %s unless it has to", [mount.container, volume.hostPath, mount.path]),
	"fix": {"ops": [{"op": "set", "at": mount.id, "path": ["readOnly"], "value": true}]},
} if {
	some volume in input.pod.volumes
	volume.hostPath in {"/", "/etc", "/proc", "/sys", "/etc/", "/proc/", "/sys/"}
	mount := [m | some m in volume.mounts; not m.readOnly][0]
}
