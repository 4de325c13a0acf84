# METADATA
# title: the preStop hook takes all of the grace period
# description: |
#   The grace period runs from the moment the pod is deleted, the preStop hook included. Where
#   the hook sleeps as long, or longer, the application gets its TERM signal when the time is
#   over, and is killed 2 s later: it cannot finish its requests, and the hook that was meant
#   for a gentle end makes it an abrupt one.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/
#     description: "Kubernetes documentation: container lifecycle hooks"
#   - ref: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/
#     description: "Kubernetes documentation: pod lifecycle"
#   - ref: https://github.com/fission/fission/issues/3468
#     description: "fission#3468: preStop sleep and grace period"
# custom:
#   summary: The preStop hook sleeps until the grace period is over.
#   severity: error
#   category: availability
#   confidence: high
#   profile: recommended
#   since: "0.1"
#   params:
#     drainSeconds:
#       description: What an application needs after the hook to finish its requests.
#       default: 0
#   computed: |
#     The hook is a `sleep` action, or runs `sleep N` on every way through its command, as
#     `[sleep, "30"]` or in a line of a shell without conditions. Its seconds are compared
#     with `terminationGracePeriodSeconds`, 30 by default. With the parameter
#     `drainSeconds` the hook also has to leave that much of the grace period, and a finding for that is a
#     warning. The proposed grace period leaves 30 s after the hook, or `drainSeconds` where that is more.
package rollcast.rules["prestop-outlasts-grace"]

findings contains {
	"at": container.preStop.id,
	"message": sprintf("preStop of container %q sleeps %d s of a grace period of %d s, so the application is killed 2 s after it is told to stop; set terminationGracePeriodSeconds to %d", [
		container.name, container.preStop.sleepSeconds, grace, container.preStop.sleepSeconds + max([30, drain]),
	]),
	"related": [{"at": input.pod.id, "path": ["terminationGracePeriodSeconds"], "message": "the grace period"}],
	"fix": {"ops": [{"op": "set", "at": input.pod.id, "path": ["terminationGracePeriodSeconds"], "value": container.preStop.sleepSeconds + max([30, drain])}]},
} if {
	grace := input.pod.terminationGracePeriodSeconds
	grace > 0
	some container in input.containers
	container.preStop.sleepSeconds >= grace
}

# The application gets less than it needs.
findings contains {
	"at": container.preStop.id,
	"severity": "warning",
	"message": sprintf("preStop of container %q sleeps %d s of a grace period of %d s, which leaves %d s of the %d s that drainSeconds asks for; set terminationGracePeriodSeconds to %d", [
		container.name, container.preStop.sleepSeconds, grace, grace - container.preStop.sleepSeconds, drain, container.preStop.sleepSeconds + max([30, drain]),
	]),
	"related": [{"at": input.pod.id, "path": ["terminationGracePeriodSeconds"], "message": "the grace period"}],
} if {
	drain > 0
	grace := input.pod.terminationGracePeriodSeconds
	some container in input.containers
	container.preStop.sleepSeconds > 0
	container.preStop.sleepSeconds < grace
	grace - container.preStop.sleepSeconds < drain
}

drain := data.rollcast.params["prestop-outlasts-grace"].drainSeconds
