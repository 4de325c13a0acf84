# METADATA
# description: what several rules compute from the facts; users' rules may use it too
package rollcast.lib

# The rollout with the fewest pods that can happen: at the autoscaler's minimum
# where there is one.
lowest_plan := input.plans.atMin

lowest_plan := input.plans.timed if not input.plans.atMin

# The rollouts at both ends of what can happen.
plans contains input.plans.timed if not input.plans.atMin

plans contains input.plans.atMin

plans contains input.plans.atMax

# at_minimum says in a message where the number of replicas comes from.
at_minimum := " at the autoscaler's minimum" if input.plans.atMin

at_minimum := "" if not input.plans.atMin

# all_replaced_at_once holds where a rolling update takes every pod away before
# a new one is available.
all_replaced_at_once if {
	input.strategy.type == "RollingUpdate"
	lowest_plan.replicas > 0
	lowest_plan.unavailable.pods >= lowest_plan.replicas
	lowest_plan.minAvailable == 0
}

# question describes what a probe asks, for messages.
question(handler) := sprintf("httpGet %s on port %d", [handler.path, handler.port]) if handler.mechanism == "httpGet"

question(handler) := sprintf("tcpSocket on port %d", [handler.port]) if handler.mechanism == "tcpSocket"

question(handler) := sprintf("grpc on port %d", [handler.port]) if handler.mechanism == "grpc"

question(handler) := sprintf("exec %s", [handler.command[0]]) if {
	handler.mechanism == "exec"
	count(handler.command) > 0
}

question(handler) := "exec" if {
	handler.mechanism == "exec"
	not handler.command[0]
}

# ceil_div is a / b, rounded up.
ceil_div(a, b) := ceil(a / b)
