# METADATA
# description: what several rules ask of the facts; users' rules may ask it too
package rollcast.lib

# all_replaced_at_once holds where a rolling update takes every pod away before
# a new one is available.
all_replaced_at_once if {
	input.strategy.type == "RollingUpdate"
	input.plans.lowest.hazards[_].hazard == "zero-available"
}
