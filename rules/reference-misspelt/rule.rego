# METADATA
# title: an object that pods ask for has almost another name
# description: |
#   Pods wait for ever for a ConfigMap, Secret, PersistentVolumeClaim or ServiceAccount that
#   does not exist: `CreateContainerConfigError`, `ContainerCreating`, or no pod at all. A name
#   that was mistyped, or changed on one side only, is accepted by the API server and found by
#   the first new pod.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/
#     description: "Kubernetes documentation: configure a pod to use a ConfigMap"
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
#     description: "Kubernetes documentation: configure service accounts"
# custom:
#   summary: Pods ask for an object that the set does not hold, while it holds one with almost that name that nobody asks for.
#   severity: error
#   category: rollout
#   confidence: high
#   profile: recommended
#   since: "0.1"
#   computed: |
#     A reference, not optional, names an object that the set does not hold in the namespace. The
#     set holds one of the same kind there that no workload asks for, and the names differ by a
#     typing mistake: one letter added, dropped, replaced or swapped with its neighbour, two in
#     names of 16 letters or more. Names that differ by numbers alone are different objects.
package rollcast.rules["reference-misspelt"]

findings contains {
	"at": name.id,
	"message": sprintf("there is no %s %q, and there is %q, which nobody asks for: no pod starts; correct the name", [name.kind, name.name, name.there]),
	"related": [{"at": name.meant, "message": "the name that is there"}],
} if some name in input.misspelt
