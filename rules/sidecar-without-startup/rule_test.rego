package rollcast.rules_test["sidecar-without-startup"]

import data.rollcast.rules["sidecar-without-startup"] as rule

subject(sidecar, probes) := {"containers": [{"id": 1, "name": "proxy", "sidecar": sidecar, "unreadable": false, "ports": [{"id": 2}], "probes": probes}]}

test_sidecar if {
	count(rule.findings) == 1 with input as subject(true, {})
	count(rule.findings) == 0 with input as subject(false, {})
	count(rule.findings) == 0 with input as subject(true, {"startup": {"id": 3}})
}
