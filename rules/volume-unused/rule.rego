# METADATA
# title: a volume that no container mounts
# description: |
#   A volume that nothing mounts is prepared for every pod all the same: a claim binds the pod
#   to its zone, a ConfigMap or Secret that is gone keeps the pod from starting. Most often the
#   mount was forgotten, or left behind by another change.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/storage/volumes/
#     description: "Kubernetes documentation: volumes"
# custom:
#   summary: A volume of the pod is mounted by no container.
#   severity: info
#   category: storage
#   confidence: high
#   profile: recommended
#   since: "0.1"
#   computed: |
#     No container, init containers included, names the volume in volumeMounts or volumeDevices.
#     Pods to which a sidecar is injected by an annotation of Istio, Linkerd or Vault are not
#     judged, because the sidecar may mount it.
package rollcast.rules["volume-unused"]

findings contains {
	"at": volume.id,
	"message": sprintf("no container mounts volume %q; mount it, or remove it", [volume.name]),
} if {
	some volume in input.pod.volumes
	not volume.used
}
