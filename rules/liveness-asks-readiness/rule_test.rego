package rollcast.rules_test["liveness-asks-readiness"]

import data.rollcast.rules["liveness-asks-readiness"] as rule

subject(path, readiness) := {"containers": [{"name": "web", "probes": {
	"liveness": {"id": 1, "handler": {"path": path}},
	"readiness": {"handler": {"path": readiness}},
}}]}

test_aggregate_health if {
	some found in rule.findings with input as subject("/actuator/health/", "/x")
	found.at == 1
	endswith(found.message, "; ask /actuator/health/liveness")
}

test_without_readiness if {
	count(rule.findings) == 1 with input as {"containers": [{"name": "web", "probes": {"liveness": {"id": 1, "handler": {"path": "/readyz"}}}}]}
}

test_process_health if {
	count(rule.findings) == 0 with input as subject("/healthz", "/x")
}

test_same_as_readiness_is_another_rule if {
	count(rule.findings) == 0 with input as subject("/readyz", "/readyz")
}
