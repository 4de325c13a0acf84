package rollcast.rules_test["probe-asks-https-port-in-http"]

import data.rollcast.rules["probe-asks-https-port-in-http"] as rule

subject(scheme, port, name) := {"containers": [{"name": "web", "ports": [{"name": name, "number": port}], "probes": {
	"readiness": {"id": 1, "role": "readiness", "handler": {"scheme": scheme, "port": port}},
}}]}

test_by_name if {
	count(rule.findings) == 1 with input as subject("HTTP", 9443, "https-admin")
}

test_by_number if {
	count(rule.findings) == 1 with input as subject("HTTP", 443, "web")
}

test_with_scheme if {
	count(rule.findings) == 0 with input as subject("HTTPS", 443, "https")
}

test_called_http if {
	count(rule.findings) == 0 with input as subject("HTTP", 8443, "http")
}
