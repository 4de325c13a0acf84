package rollcast.rules_test["liveness-delay-without-effect"]

import data.rollcast.rules["liveness-delay-without-effect"] as rule

subject(liveness, startup) := {"containers": [{"probes": {
	"liveness": {"id": 1, "initialDelaySeconds": liveness},
	"startup": {"id": 2, "initialDelaySeconds": startup},
}}]}

test_equal if {
	count(rule.findings) == 1 with input as subject(20, 20)
}

test_longer if {
	count(rule.findings) == 0 with input as subject(21, 20)
}

test_none if {
	count(rule.findings) == 0 with input as subject(0, 20)
}
