# METADATA
# title: a Service moves to pods that are not there yet
# description: |
#   A changed selector takes effect at once, and pods need time to start. When one apply creates the green pods
#   and points the Service at them, it has no address until the first of them is ready, while the blue ones
#   idle beside it.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/service/
#     description: "Kubernetes documentation: Services"
#   - ref: https://github.com/kubernetes/kubernetes/issues/105395
#     description: "kubernetes#105395: objects of one apply do not wait for each other"
# custom:
#   summary: A change moves the selector of a Service to pods that the same change creates, or that have no replicas.
#   severity: error
#   category: services
#   confidence: high
#   profile: recommended
#   since: "0.1"
#   computed: |
#     In a review with a base: the Service was there and selected other pods, it selects those of one workload
#     now, and that is created in the same change, or has 0 replicas before or after it.
package rollcast.rules["service-moves-to-new-pods"]

findings contains {
	"at": input.replicas.id,
	"message": sprintf("Service %q moves to these pods in the same change that %s, so it has no address until one is ready; apply them first, and move the selector when they are", [service.name, why]),
	"related": [{"at": service.id, "path": ["spec", "selector"], "message": "the selector"}],
} if {
	service := [s | some s in input.context.services; s.moved; s.workloads == 1][0]
}

why := "leaves them without replicas" if {
	input.replicas.max == 0
} else := "creates them" if {
	some kind in input.change.kinds
	kind in {"created", "renamed"} # under a new name the pods are new, too
} else := "gives them their first replicas" if {
	input.change.base.spec.replicas == 0
}
