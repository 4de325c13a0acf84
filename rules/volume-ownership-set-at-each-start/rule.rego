# METADATA
# title: every start sets the owner of every file
# description: |
#   With fsGroup the kubelet sets group and permissions of every file in the volume before the
#   containers start, each time. On a volume with millions of files that takes minutes, sometimes half an
#   hour, and the pod stands in ContainerCreating meanwhile. OnRootMismatch looks at the root folder
#   alone.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
#     description: "Kubernetes documentation: volume permission and ownership change policy"
#   - ref: https://github.com/kubernetes/kubernetes/issues/69699
#     description: "kubernetes#69699: mounting a large volume takes very long"
# custom:
#   summary: A pod with an fsGroup and a claim sets the owner of every file at each start.
#   severity: info
#   category: storage
#   confidence: medium
#   profile: strict
#   since: "0.1"
#   computed: |
#     `securityContext.fsGroup` is set, `fsGroupChangePolicy` is not `OnRootMismatch`, and the pod mounts a
#     PersistentVolumeClaim, its own or of a claim template. How many files the volume holds is not known.
package rollcast.rules["volume-ownership-set-at-each-start"]

findings contains {
	"at": input.pod.ownership.id,
	"message": sprintf("each start sets group %d on every file of the pod's volumes, which takes minutes on large ones; set fsGroupChangePolicy: OnRootMismatch", [input.pod.ownership.fsGroup]),
	"fix": {"ops": [{"op": "set", "at": input.pod.id, "path": ["securityContext", "fsGroupChangePolicy"], "value": "OnRootMismatch"}]},
} if {
	input.pod.ownership.always
	claimed
}

claimed if input.pod.volumes[_].claim

claimed if input.claimTemplates[0]
