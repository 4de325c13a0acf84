package rollcast.rules_test["readiness-detects-late"]

import data.rollcast.rules["readiness-detects-late"] as rule

subject(failures) := {
	"context": {"services": [{"id": 1}]},
	"containers": [{"probes": {"readiness": {"id": 2, "failureThreshold": failures, "periodSeconds": 10}}}],
}

test_late if {
	some found in rule.findings with input as subject(7)
	startswith(found.message, "a pod that fails gets traffic for up to 70 s (failureThreshold 7 × periodSeconds 10)")
	count(rule.findings) == 0 with input as subject(6)
	count(rule.findings) == 1 with input as subject(3) with data.rollcast.params["readiness-detects-late"].maxSeconds as 20
}
