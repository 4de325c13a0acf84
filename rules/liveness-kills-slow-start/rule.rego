# METADATA
# title: liveness kills a slow start
# description: |
#   A liveness probe runs from the container's start, unless a startup probe holds it back. Where
#   it can fail `failureThreshold` times before the application is up, the kubelet restarts the
#   container, the start begins anew, and the pod never comes up. It shows only on the day when
#   starting takes longer than usual: a cold node, a full database, a throttled CPU. The rollout
#   then stalls with `CrashLoopBackOff`, although nothing is wrong with the image.
#
#   A startup probe separates the two questions, how long may it start and how long may it hang.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
#     description: "Kubernetes documentation: liveness, readiness and startup probes"
#   - ref: https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/950-liveness-probe-holdoff
#     description: "KEP-950: why startup probes were added"
#   - ref: https://github.com/apache/camel-k/issues/2173
#     description: "camel-k#2173: liveness restarts what has not started yet"
# custom:
#   summary: The liveness probe can restart a container before it has had time to start.
#   severity: error
#   category: probes
#   confidence: high
#   profile: minimal
#   since: "0.1"
#   params:
#     startupSeconds:
#       description: What a container needs to start where neither the annotation nor its readiness probe says it; 0 expects nothing.
#       default: 0
#   computed: |
#     The earliest restart is `initialDelaySeconds + (failureThreshold − 1) × periodSeconds`: the
#     first attempt may come right after the delay, and the last of `failureThreshold` attempts in
#     a row that many periods later. With the defaults that is 0 + 2 × 10 = 20 s, and not 30 s.
#
#     What the start takes is, in this order:
#
#     1. the annotation `rollcast/startup-seconds` on the workload or its pod template: `"45"`, or
#        `"web=45,worker=20"` by container. Then the finding is an error.
#     2. `initialDelaySeconds` of the readiness probe, because its author expected nothing sooner.
#        Then the finding is a warning.
#     3. the parameter `startupSeconds`, where it is set. Then the finding is a warning.
#
#     A container with a startup probe is never reported: its liveness probe waits for that. The
#     proposed `failureThreshold` gives twice the time that the start takes; where that reaches
#     `progressDeadlineSeconds`, the deadline has to grow with it.
package rollcast.rules["liveness-kills-slow-start"]

import data.rollcast.lib

findings contains {
	"at": probe.id,
	"severity": {"declared": "error", "readiness": "warning"}[start.source],
	"message": sprintf(
		"liveness can kill container %q after %d s (%s), but it %s to start; add a startupProbe with periodSeconds %d and failureThreshold %d%s",
		[probe.container, probe.killSeconds.min, probe.killArithmetic, start.text, probe.periodSeconds, threshold, deadline(threshold * probe.periodSeconds)],
	),
	"related": [{"at": start.id, "message": start.reason}],
	"fix": lib.with_startup(container, probe, probe.periodSeconds, threshold, []),
} if {
	some container in input.containers
	start := container.expectedStart
	probe := container.probes.liveness
	probe.killSeconds.min < start.seconds
	not container.probes.startup
	not probe.unresolvable
	threshold := ceil((start.seconds * 2) / probe.periodSeconds)
}

# The rollout has to wait for a start of that length.
deadline(budget) := sprintf(", and raise progressDeadlineSeconds above %d", [budget]) if {
	budget >= input.progressDeadline.seconds
} else := ""

# The annotation says nothing that can be read.
findings contains {"at": input.startup.id, "severity": "warning", "message": input.startup.fault}

# Nothing in the manifest tells how long the start takes, but the configuration does.
findings contains {
	"at": probe.id,
	"severity": "warning",
	"message": sprintf(
		"liveness can kill container %q after %d s (%s), and startupSeconds is %d; add a startupProbe with periodSeconds %d and failureThreshold %d",
		[probe.container, probe.killSeconds.min, probe.killArithmetic, seconds, probe.periodSeconds, ceil((seconds * 2) / probe.periodSeconds)],
	),
} if {
	seconds := data.rollcast.params["liveness-kills-slow-start"].startupSeconds
	seconds > 0
	some container in input.containers
	not container.expectedStart
	probe := container.probes.liveness
	probe.killSeconds.min < seconds
	not container.probes.startup
	not probe.unresolvable
}
