package rollcast.rules_test["prestop-needs-a-shell"]

import data.rollcast.rules["prestop-needs-a-shell"] as rule

subject(shellless, program) := {"containers": [{"name": "web", "image": "x", "shellless": shellless, "preStop": {"id": 1, "program": program, "sleepSeconds": 0}}]}

test_shell if {
	some found in rule.findings with input as subject(true, "/bin/sh")
	endswith(found.message, "sleep: {seconds: 5}")
}

test_own_program if {
	count(rule.findings) == 0 with input as subject(true, "/app/drain")
}

test_image_with_a_shell if {
	count(rule.findings) == 0 with input as subject(false, "sleep")
}
