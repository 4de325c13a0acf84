# METADATA
# title: a Service sends traffic to a container that nobody asks whether it is ready
# description: |
#   Without a readiness probe a pod counts as ready as soon as its containers run. Its Services
#   send it requests before it listens, and a rolling update takes the next old pod away at that
#   moment: a version that starts and then fails replaces all pods within seconds.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
#     description: "Kubernetes documentation: liveness, readiness and startup probes"
#   - ref: https://kubernetes.io/docs/concepts/services-networking/service/
#     description: "Kubernetes documentation: Services"
# custom:
#   summary: A container that answers a Service has no readiness probe.
#   severity: warning
#   category: probes
#   confidence: high
#   profile: recommended
#   since: "0.1"
#   computed: |
#     The container is the one whose declared port is the Service's `targetPort`, or the only
#     one of the pod. It has no readiness probe, and the Service does not publish unready
#     addresses. Containers of which the schema refuses something are left out, because the
#     probe may be misspelt, and so are pods with readiness gates.
package rollcast.rules["service-pod-without-readiness"]

findings contains {
	"at": container.id,
	"message": sprintf("Service %q sends traffic to container %q as soon as it runs, because it has no readiness probe; add one that asks whether it can serve", [service.name, container.name]),
	"related": [{"at": service.id, "message": "the Service"}],
} if {
	count(input.pod.readinessGates) == 0
	some container in input.containers
	not container.probes.readiness
	not container.unreadable
	service := [s | some s in input.context.services; not s.publishNotReady; s.ports[_].container == container.name][0]
}
