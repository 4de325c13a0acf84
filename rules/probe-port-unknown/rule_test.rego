package rollcast.rules_test["probe-port-unknown"]

import data.rollcast.rules["probe-port-unknown"] as rule

probe(role) := {
	"id": 5, "role": role, "portName": "web", "unresolvable": true,
	"handler": {"mechanism": "httpGet", "path": "/"},
}

container(id, name, ports, probes) := {"id": id, "name": name, "ports": ports, "probes": probes}

test_readiness_is_an_error_at_the_port if {
	some found in rule.findings with input as {"containers": [container(1, "app", [{"name": "http"}], {"readiness": probe("readiness")})]}
	found.at == 5
	found.path == ["httpGet", "port"]
	found.severity == "error"
	contains(found.message, `it declares "http"`)
}

test_liveness_is_a_warning if {
	some found in rule.findings with input as {"containers": [container(1, "app", [], {"liveness": probe("liveness")})]}
	found.severity == "warning"
	contains(found.message, "it declares no named port")
}

test_port_of_another_container if {
	some found in rule.findings with input as {"containers": [
		container(1, "app", [{"name": "http"}], {"startup": probe("startup")}),
		container(2, "proxy", [{"name": "web"}], {}),
		container(3, "second", [{"name": "web"}], {}),
	]}
	contains(found.message, `container "proxy" does, but a probe sees only its own`)
}

test_port_without_a_name_is_not_declared if {
	some found in rule.findings with input as {"containers": [container(1, "app", [{"number": 80}], {"liveness": probe("liveness")})]}
	contains(found.message, "it declares no named port")
}

test_resolved if {
	known := object.union(probe("liveness"), {"unresolvable": false})
	count(rule.findings) == 0 with input as {"containers": [container(1, "app", [], {"liveness": known})]}
}
