package rollcast.rules_test["probe-starved-by-cpu-limit"]

import data.rollcast.rules["probe-starved-by-cpu-limit"] as rule

subject(milli, timeout, mechanism) := {"containers": [{
	"name": "web", "cpuLimit": {"id": 2, "milli": milli, "text": "20m"},
	"probes": {"liveness": {"id": 1, "role": "liveness", "timeoutSeconds": timeout, "handler": {"mechanism": mechanism}}},
}]}

test_small if {
	count(rule.findings) == 1 with input as subject(50, 1, "httpGet")
}

test_larger if {
	count(rule.findings) == 0 with input as subject(51, 1, "httpGet")
}

test_longer if {
	count(rule.findings) == 0 with input as subject(50, 2, "httpGet")
}

test_socket if {
	count(rule.findings) == 0 with input as subject(50, 1, "tcpSocket")
}
