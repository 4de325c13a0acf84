# METADATA
# description: what several rules ask of the facts; users' rules may ask it too
package rollcast.lib

# all_replaced_at_once holds where a rolling update takes every pod away before
# a new one is available.
all_replaced_at_once if {
	input.strategy.type == "RollingUpdate"
	input.plans.lowest.hazards[_].hazard == "zero-available"
}

# replicas is a number of replicas in words: 1 replica, 3 replicas.
replicas(n) := "1 replica" if n == 1 else := sprintf("%v replicas", [n])

# proves_nothing holds for an exec probe whose command succeeds whatever the
# application does: true, echo, sleep or exit 0, alone or by a shell.
proves_nothing(probe) if {
	line := concat(" ", probe.handler.command)
	regex.match(`^(/(usr/)?bin/)?((ba|da)?sh -e?c )?((/(usr/)?bin/)?(true|:|echo( [^;&|$]*)?|sleep [0-9]+)|exit 0)\s*$`, line)
}
