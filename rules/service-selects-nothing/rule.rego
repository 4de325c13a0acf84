# METADATA
# title: a Service without pods
# description: |
#   A Service selects pods by all of the labels of its selector. One label that was renamed on
#   one side only leaves it without addresses: requests are refused at once, while every object
#   is accepted and every rollout is green.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/service/
#     description: "Kubernetes documentation: Services"
# custom:
#   summary: A Service selects no pods of the set, although a workload comes near.
#   severity: error
#   category: services
#   confidence: high
#   profile: recommended
#   kinds: [Service]
#   needs-context: true
#   since: "0.1"
#   computed: |
#     No workload of the set and namespace has pods with all labels of the selector, and one
#     comes near: it has one of the labels, or the Service's name, and no other Service
#     selects it. A set with custom resources, which may make pods, or with workloads that
#     cannot be read is not judged, nor are Services without a selector.
package rollcast.rules["service-selects-nothing"]

findings contains {
	"at": input.unattached.id,
	"message": sprintf("Service %q has no pods: %s", [input.name, input.unattached.gap]),
	"related": [{"at": input.unattached.meant, "message": "the workload that comes nearest"}],
}
