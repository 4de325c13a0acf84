# METADATA
# title: a StatefulSet whose Service gives its pods no names
# description: |
#   `serviceName` names the headless Service under which each pod of a StatefulSet gets its DNS
#   name, such as `db-0.db`. A Service with a cluster address, or one that selects other pods,
#   is accepted and gives no such names: the members of a cluster do not find each other.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
#     description: "Kubernetes documentation: StatefulSets"
#   - ref: https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
#     description: "Kubernetes documentation: DNS for Services and pods"
# custom:
#   summary: The Service that serviceName names has a cluster address or selects other pods.
#   severity: warning
#   category: services
#   confidence: high
#   profile: recommended
#   kinds: [StatefulSet]
#   since: "0.1"
#   computed: |
#     The set holds a Service with a selector of that name in the namespace, and its
#     `clusterIP` is not `None`, or it does not select the pods of the StatefulSet. It is an
#     info with one replica, which has nobody to find. Nothing is said where the set does not
#     hold it.
package rollcast.rules["headless-service-of-statefulset"]

findings contains {
	"at": input.governing.id,
	"severity": {true: "info", false: "warning"}[input.replicas.max == 1],
	"message": sprintf("Service %q %s, so the pods get no DNS names such as %s-0.%s; %s", [
		input.governing.name, fault, input.name, input.governing.name, advice,
	]),
	"related": [{"at": input.governing.found, "message": "the Service"}],
} if {
	input.governing.found
	[fault, advice] := wrong
}

wrong := ["selects other pods", "correct its selector"] if {
	not input.governing.selects
} else := ["has a cluster address", "add a Service with clusterIP: None"] if {
	not input.governing.headless
}
