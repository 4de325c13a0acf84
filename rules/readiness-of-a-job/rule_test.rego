package rollcast.rules_test["readiness-of-a-job"]

import data.rollcast.rules["readiness-of-a-job"] as rule

subject(services) := {"context": {"services": services}, "containers": [{"name": "a", "sidecar": false, "probes": {"readiness": {"id": 1}}}]}

test_job if {
	count(rule.findings) == 1 with input as subject([])
	count(rule.findings) == 0 with input as subject([{"id": 2}])
}
