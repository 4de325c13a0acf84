# METADATA
# title: a sidecar that others may not wait for
# description: |
#   The containers of a pod start once its sidecars, init containers with `restartPolicy:
#   Always`, have started. Without a startup probe that is when the sidecar's process runs,
#   ready or not: an application that calls its proxy at once is refused.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
#     description: "Kubernetes documentation: sidecar containers"
# custom:
#   summary: A sidecar container has no startup probe, so that the containers after it do not wait until it works.
#   severity: info
#   category: probes
#   confidence: low
#   profile: strict
#   since: "0.1"
#   computed: |
#     An init container with restartPolicy Always that declares a port has no startup probe.
package rollcast.rules["sidecar-without-startup"]

findings contains {
	"at": container.id,
	"message": sprintf("the containers after sidecar %q start as soon as its process runs, ready or not; give it a startupProbe", [container.name]),
} if {
	some container in input.containers
	container.sidecar
	container.ports[0]
	not container.probes.startup
	not container.unreadable
}
