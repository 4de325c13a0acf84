package rollcast.rules_test["tcp-probe-on-http-port"]

import data.rollcast.rules["tcp-probe-on-http-port"] as rule

subject(mechanism, name) := {"containers": [{"name": "web", "ports": [{"name": name, "number": 80}], "probes": {
	"readiness": {"id": 1, "role": "readiness", "handler": {"mechanism": mechanism, "port": 80}},
}}]}

test_http if {
	count(rule.findings) == 1 with input as subject("tcpSocket", "http-web")
}

test_other_protocol if {
	count(rule.findings) == 0 with input as subject("tcpSocket", "httpd")
}

test_asked_properly if {
	count(rule.findings) == 0 with input as subject("httpGet", "http")
}
