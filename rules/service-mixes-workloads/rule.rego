# METADATA
# title: a Service sends to two different applications
# description: |
#   A Service spreads its connections over all pods it selects. Where two workloads with different images
#   answer, each client reaches one or the other by chance, and half of the requests fail. A canary is not
#   meant: it has the same image in another version.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/service/
#     description: "Kubernetes documentation: Services"
#   - ref: https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
#     description: "Kubernetes documentation: recommended labels"
# custom:
#   summary: A Service selects workloads whose containers have different images.
#   severity: warning
#   category: services
#   confidence: medium
#   profile: strict
#   kinds: [Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController]
#   since: "0.1"
#   computed: |
#     The Service selects two workloads of the set or more, and the containers that answer its ports have different
#     images, tags and digests aside, and no label such as `version` or `track` tells them apart. A set that holds variants of one application, each to be applied alone, is
#     one of the cases in which it is wrong.
package rollcast.rules["service-mixes-workloads"]

findings contains {
	"at": service.id,
	"path": ["spec", "selector"],
	"message": sprintf("Service %q sends to %s %q and to %s %q, which have different images, so each request reaches one of them by chance; add a label that only one has", [service.name, input.kind, input.name, other.kind, other.name]),
	"related": [{"at": input.id, "message": "one"}, {"at": other.id, "message": "the other"}],
} if {
	some service in input.context.services
	other := service.others[0]
	every o in service.others {
		[input.kind, input.name] < [o.kind, o.name]
	}
}
