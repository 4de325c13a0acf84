package rollcast.rules_test["daemon-surge-needs-port-twice"]

import data.rollcast.rules["daemon-surge-needs-port-twice"] as rule

subject(surge, exclusive) := {"update": {"type": "RollingUpdate", "maxSurge": {"id": 1, "value": surge}, "maxUnavailable": {"id": 3}}, "pod": {"exclusive": exclusive}}

test_port if {
	count(rule.findings) == 1 with input as subject("10%", [{"id": 2, "hostPort": 80, "text": "hostPort 80"}])
}

test_without_surge if {
	count(rule.findings) == 0 with input as subject("0", [{"id": 2, "hostPort": 80, "text": "hostPort 80"}])
}

test_anti_affinity if {
	count(rule.findings) == 0 with input as subject("1", [{"id": 2, "text": "x"}])
}
