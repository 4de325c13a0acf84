package rollcast.rules_test["probe-asks-the-node"]

import data.rollcast.rules["probe-asks-the-node"] as rule

subject(host, network) := {"pod": {"hostNetwork": network}, "probes": [{"id": 1, "role": "liveness", "container": "web", "handler": {"mechanism": "httpGet", "host": host}}]}

test_loopback if {
	some found in rule.findings with input as subject("localhost", false)
	found.path == ["httpGet", "host"]
}

test_on_the_host_network if {
	count(rule.findings) == 0 with input as subject("localhost", true)
}

test_elsewhere if {
	count(rule.findings) == 0 with input as subject("db", false)
}
