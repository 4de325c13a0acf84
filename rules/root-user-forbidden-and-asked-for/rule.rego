# METADATA
# title: a container that may not run as root and is told to
# description: |
#   `runAsNonRoot: true` makes the kubelet refuse a container that would run as user 0. With
#   `runAsUser: 0` it always would: the pod is accepted and stays in
#   `CreateContainerConfigError`, and a rollout stands still at its first new pod.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
#     description: "Kubernetes documentation: security context"
# custom:
#   summary: runAsUser 0 contradicts runAsNonRoot, so that the container is never created.
#   severity: error
#   category: rollout
#   confidence: high
#   profile: recommended
#   since: "0.1"
#   computed: |
#     The container's `runAsUser` and `runAsNonRoot` count, and where it has none the pod's.
#     Both are written, `runAsNonRoot` as true and `runAsUser` as 0.
package rollcast.rules["root-user-forbidden-and-asked-for"]

findings contains {
	"at": container.asRoot,
	"message": sprintf("container %q is told to run as user 0 and, by runAsNonRoot, not to run as root, so it is never created; give it another user, or remove runAsNonRoot", [container.name]),
} if {
	some container in input.containers
	container.asRoot
}
