package rollcast.rules_test["probe-timeout-exceeds-period"]

import data.rollcast.rules["probe-timeout-exceeds-period"] as rule

subject(timeout) := {"probes": [{"id": 1, "role": "readiness", "container": "web", "timeoutSeconds": timeout, "periodSeconds": 10, "failureThreshold": 3}]}

test_longer if {
	some found in rule.findings with input as subject(11)
	contains(found.message, "after 33 s when it hangs, and not after 30 s")
}

test_equal if {
	count(rule.findings) == 0 with input as subject(10)
}
