# METADATA
# description: what several rules ask of the facts; users' rules may ask it too
package rollcast.lib

# all_replaced_at_once holds where a rolling update takes every pod away before
# a new one is available.
all_replaced_at_once if {
	input.strategy.type == "RollingUpdate"
	input.plans.lowest.hazards[_].hazard == "zero-available"
}

# counted is a number of things in words: 1 pod, 3 pods.
counted(n, thing) := concat(" ", ["1", thing]) if n == 1 else := sprintf("%v %ss", [n, thing])

# replicas is a number of replicas in words: 1 replica, 3 replicas.
replicas(n) := counted(n, "replica")

# proves_nothing holds for an exec probe whose command succeeds whatever the
# application does: true, echo, sleep or exit 0, alone or by a shell.
proves_nothing(probe) if {
	line := concat(" ", probe.handler.command)
	regex.match(`^(/(usr/)?bin/)?((ba|da)?sh -e?c )?((/(usr/)?bin/)?(true|:|echo( [^;&|$]*)?|sleep [0-9]+)|exit 0)\s*$`, line)
}

# with_startup is a fix that adds a startup probe which asks what a liveness probe
# asks, besides the operations; null where that cannot be said in a few words.
with_startup(container, probe, period, threshold, ops) := {"ops": array.concat([{
	"op": "insert", "at": container.id, "path": ["startupProbe"],
	"value": object.union({"periodSeconds": period, "failureThreshold": threshold}, asked(probe)),
}], ops)} if {
	not probe.handler.headers
	not probe.handler.host
	not probe.handler.service
	not proves_nothing(probe)
} else := null

asked(probe) := {"httpGet": object.union({"path": probe.handler.path, "port": port(probe)}, scheme)} if {
	probe.handler.mechanism == "httpGet"
	scheme := {k: v | some k, v in {"scheme": probe.handler.scheme}; v != "HTTP"}
} else := {"exec": {"command": probe.handler.command}} if {
	probe.handler.mechanism == "exec"
} else := {probe.handler.mechanism: {"port": port(probe)}}

port(probe) := object.get(probe, "portName", probe.handler.port)
