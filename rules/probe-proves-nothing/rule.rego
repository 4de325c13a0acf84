# METADATA
# title: a probe whose command always succeeds
# description: |
#   A probe that runs `true` or `echo` answers for the shell and not for the application. As
#   readiness it sends traffic to a process that is not up, and lets a bad version roll through
#   all pods; as liveness it costs a process every few seconds and never restarts anything.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
#     description: "Kubernetes documentation: liveness, readiness and startup probes"
# custom:
#   summary: The command of a probe succeeds whatever the application does.
#   severity: warning
#   category: probes
#   confidence: high
#   profile: recommended
#   since: "0.1"
#   computed: |
#     The command is `true`, `:`, `echo`, `exit 0` or `sleep`, directly or by `sh -c` alone.
#     Commands that read a file are not reported: a file is the usual way for a worker to say
#     that it is alive.
package rollcast.rules["probe-proves-nothing"]

import data.rollcast.lib

findings contains {
	"at": probe.id,
	"path": ["exec", "command"],
	"message": sprintf("%s of container %q runs %q, which succeeds whatever the application does; ask the application, or remove the probe", [probe.role, probe.container, line]),
} if {
	some probe in input.probes
	lib.proves_nothing(probe)
	line := concat(" ", probe.handler.command)
}
