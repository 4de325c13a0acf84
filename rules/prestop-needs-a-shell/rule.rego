# METADATA
# title: a preStop hook of an image without a shell
# description: |
#   Distroless images hold neither a shell nor `sleep`. An exec hook that needs one fails at
#   once with a `FailedPreStopHook` event that nobody reads, and the pod gets its TERM signal
#   while the Services still send it requests. The `sleep` action of Kubernetes 1.30 needs
#   nothing in the image.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/
#     description: "Kubernetes documentation: container lifecycle hooks"
#   - ref: https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/3960-pod-lifecycle-sleep-action
#     description: "KEP-3960: the sleep action"
# custom:
#   summary: An exec preStop hook runs a shell or sleep in an image that has none.
#   severity: warning
#   category: availability
#   confidence: high
#   profile: recommended
#   since: "0.1"
#   computed: |
#     The image comes from `gcr.io/distroless`, or its tag says distroless, without debug or
#     dev in the tag, and the command of the hook begins with a shell or `sleep`.
package rollcast.rules["prestop-needs-a-shell"]

findings contains {
	"at": container.preStop.id,
	"message": sprintf("preStop of container %q runs %s, which image %q does not have, so the hook fails and delays nothing; use sleep: {seconds: %d}", [
		container.name, container.preStop.program, container.image, max([container.preStop.sleepSeconds, 5]),
	]),
	"fix": {"ops": [
		{"op": "remove", "path": ["exec"]},
		{"op": "insert", "path": ["sleep"], "value": {"seconds": max([container.preStop.sleepSeconds, 5])}},
	]},
} if {
	some container in input.containers
	container.shellless
	regex.match(`^(/(usr/)?bin/)?((ba|da|a)?sh|sleep)$`, container.preStop.program)
}
