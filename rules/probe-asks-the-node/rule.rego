# METADATA
# title: a probe whose host is the loopback address
# description: |
#   The kubelet asks from the node, not from inside the pod. `host: 127.0.0.1` is therefore the
#   node's own loopback, where the container does not listen: the probe fails for ever, or is
#   answered by something else that runs there. Without `host` the pod's own address is asked.
#   An application that listens only on its loopback needs an exec probe.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
#     description: "Kubernetes documentation: configure probes"
# custom:
#   summary: A probe's host is localhost, which is the node and not the pod.
#   severity: error
#   category: probes
#   confidence: high
#   profile: recommended
#   since: "0.1"
#   computed: |
#     `host` of an httpGet or tcpSocket probe is `localhost`, `127.0.0.1` or `::1`, and the
#     pod does not share the node's network. With `hostNetwork: true` the node's loopback is
#     the right place to ask.
package rollcast.rules["probe-asks-the-node"]

findings contains {
	"at": probe.id,
	"path": [probe.handler.mechanism, "host"],
	"message": sprintf("%s of container %q asks %s, which is the node and not the pod, because the kubelet asks from there; remove host", [probe.role, probe.container, probe.handler.host]),
	"fix": {"ops": [{"op": "remove", "path": [probe.handler.mechanism, "host"]}]},
} if {
	some probe in input.probes
	probe.handler.host in {"localhost", "127.0.0.1", "::1"}
	not input.pod.hostNetwork
}
