package rollcast.rules_test["exec-probe-heavy"]

import data.rollcast.rules["exec-probe-heavy"] as rule

found(role, program, period) := n if {
	list := rule.findings with input as {"probes": [{"id": 1, "role": role, "container": "web", "periodSeconds": period, "handler": {"command": [program]}}]}
	n := count(list)
}

test_heavy if {
	found("readiness", "/usr/bin/python3.11", 5) == 1
	found("readiness", "python3", 10) == 0
	found("startup", "python3", 5) == 0
	found("readiness", "pythonic", 5) == 0
}
