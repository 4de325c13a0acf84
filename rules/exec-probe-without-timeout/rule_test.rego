package rollcast.rules_test["exec-probe-without-timeout"]

import data.rollcast.rules["exec-probe-without-timeout"] as rule

subject(role, mechanism, declared) := {"probes": [{"id": 1, "role": role, "container": "web", "handler": {"mechanism": mechanism}, "timeoutDeclared": declared}]}

test_liveness_is_a_warning if {
	some found in rule.findings with input as subject("liveness", "exec", false)
	found.severity == "warning"
}

test_readiness_is_an_info if {
	some found in rule.findings with input as subject("readiness", "exec", false)
	found.severity == "info"
}

test_declared if {
	count(rule.findings) == 0 with input as subject("liveness", "exec", true)
}

test_http if {
	count(rule.findings) == 0 with input as subject("liveness", "httpGet", false)
}
