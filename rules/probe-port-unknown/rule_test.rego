package rollcast.rules_test["probe-port-unknown"]

import data.rollcast.rules["probe-port-unknown"] as rule

subject(role, unresolvable) := {"probes": [{
	"id": 5, "role": role, "container": "app", "portName": "web", "portFault": `it declares "http"`,
	"unresolvable": unresolvable, "handler": {"mechanism": "httpGet", "path": "/"},
}]}

test_readiness_is_an_error_at_the_port if {
	some found in rule.findings with input as subject("readiness", true)
	found.at == 5
	found.path == ["httpGet", "port"]
	found.severity == "error"
	startswith(found.message, `readiness asks port "web", which container "app" does not declare (it declares "http"), so the pod never becomes ready;`)
}

test_startup_is_an_error if {
	some found in rule.findings with input as subject("startup", true)
	found.severity == "error"
	contains(found.message, "never starts and is never restarted")
}

test_liveness_is_a_warning if {
	some found in rule.findings with input as subject("liveness", true)
	found.severity == "warning"
	contains(found.message, "it never restarts anything")
}

test_resolved if {
	count(rule.findings) == 0 with input as subject("readiness", false)
}
