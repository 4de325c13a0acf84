# METADATA
# title: a pod on the host network that cannot see the cluster's names
# description: |
#   With `hostNetwork: true` the default `dnsPolicy: ClusterFirst` becomes `Default`: the pod
#   asks the node's name servers, and names of Services do not resolve.
#   `ClusterFirstWithHostNet` asks the cluster's.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
#     description: "Kubernetes documentation: DNS for Services and pods"
# custom:
#   summary: A pod on the host network has dnsPolicy ClusterFirst, which does not hold there.
#   severity: warning
#   category: services
#   confidence: high
#   profile: recommended
#   kinds: [Deployment, StatefulSet]
#   since: "0.1"
#   computed: |
#     `hostNetwork` is true and `dnsPolicy` is `ClusterFirst`, written or by default.
#     DaemonSets are not reported, because node agents mostly want the node's names, nor are
#     bare Pods and Jobs. `Default`, `None` and `ClusterFirstWithHostNet` are decisions.
package rollcast.rules["host-network-without-cluster-dns"]

findings contains {
	"at": input.pod.id,
	"path": ["hostNetwork"],
	"message": "on the host network dnsPolicy ClusterFirst asks the node's name servers, so Services are not found by name; set dnsPolicy: ClusterFirstWithHostNet, or Default if that is wanted",
	"fix": {"ops": [{"op": "set", "path": ["dnsPolicy"], "value": "ClusterFirstWithHostNet"}]},
} if {
	input.pod.hostNetwork
	input.pod.dnsPolicy == "ClusterFirst"
}
