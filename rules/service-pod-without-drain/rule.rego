# METADATA
# title: a Service pod that ends at once
# description: |
#   A pod that is deleted gets its TERM signal at the same moment as the endpoints are told. For
#   a second or more, proxies and load balancers still send requests to it: an application that
#   exits on TERM refuses them. A `preStop` sleep keeps it serving meanwhile. An application
#   that goes on serving after TERM needs none, which no manifest shows: hence an info, and in
#   strict.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination-flow
#     description: "Kubernetes documentation: pod termination flow"
#   - ref: https://kubernetes.io/docs/tutorials/services/pods-and-endpoint-termination-flow/
#     description: "Kubernetes tutorial: connections and termination"
# custom:
#   summary: A container that answers a Service has no preStop hook, so that it may stop before traffic does.
#   severity: info
#   category: availability
#   confidence: low
#   profile: strict
#   kinds: [Deployment, StatefulSet, DaemonSet]
#   since: "0.1"
#   params:
#     drainSeconds:
#       description: How long endpoints take to be told everywhere.
#       default: 10
#       min: 1
#   computed: |
#     A Service routes to the container, by the port that it declares or because it is the only
#     one, and it has a readiness probe and no preStop hook. The proposed sleep is the parameter `drainSeconds`, and the
#     grace period has to be longer.
package rollcast.rules["service-pod-without-drain"]

findings contains {
	"at": container.id,
	"message": sprintf("container %q answers Service %q and has no preStop hook: requests that arrive while it stops are refused, unless it goes on serving after TERM; let preStop sleep %d s", [container.name, service.name, seconds]),
	"fix": {"ops": [{"op": "set", "path": ["lifecycle", "preStop", "sleep", "seconds"], "value": seconds}]},
} if {
	seconds := data.rollcast.params["service-pod-without-drain"].drainSeconds
	input.pod.terminationGracePeriodSeconds > seconds
	some container in input.containers
	container.probes.readiness # else more is lost when it starts, which another rule says
	not container.preStop
	not container.unreadable
	service := [s | some s in input.context.services; s.ports[_].container == container.name][0]
}
