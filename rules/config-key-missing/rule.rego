# METADATA
# title: a key that the ConfigMap or Secret does not hold
# description: |
#   An environment variable from a key that is not there keeps its container from being created:
#   the pod stays in `CreateContainerConfigError`. A volume that names such a key is never set
#   up: the pod stays in `ContainerCreating`. The pods that run do not notice until they
#   are replaced, so that the rollout which comes with the renamed key, or the next one, stands
#   still at its first new pod.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/
#     description: "Kubernetes documentation: configure a pod to use a ConfigMap"
# custom:
#   summary: An environment variable or a volume needs a key that its ConfigMap or Secret does not hold.
#   severity: error
#   category: rollout
#   confidence: high
#   profile: recommended
#   since: "0.1"
#   computed: |
#     `configMapKeyRef` or `secretKeyRef` of an environment variable, or `items` of a volume, not
#     optional, names a ConfigMap or Secret that the set holds once in the namespace, with some
#     data, and without that key. An object without any data is filled by somebody else and not judged.
package rollcast.rules["config-key-missing"]

findings contains {
	"at": missing.id,
	"message": sprintf("%s %q has no key %q, so container %q cannot be created; correct the key, or set optional: true", [missing.kind, missing.name, missing.key, container.name]),
	"related": [{"at": missing.source, "message": sprintf("the %s", [missing.kind])}],
} if {
	some container in input.containers
	some missing in container.missingKeys
}

findings contains {
	"at": missing.id,
	"message": sprintf("%s %q has no key %q, so volume %q is never set up and no container starts; correct the key, or set optional: true", [missing.kind, missing.name, missing.key, volume.name]),
	"related": [{"at": missing.source, "message": sprintf("the %s", [missing.kind])}],
} if {
	some volume in input.pod.volumes
	some missing in volume.missingKeys
}
