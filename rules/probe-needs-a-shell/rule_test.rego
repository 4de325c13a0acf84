package rollcast.rules_test["probe-needs-a-shell"]

import data.rollcast.rules["probe-needs-a-shell"] as rule

subject(shellless, program) := {"containers": [{
	"name": "web", "image": "i", "shellless": shellless,
	"probes": {"readiness": {"id": 1, "role": "readiness", "handler": {"mechanism": "exec", "command": [program, "x"]}}},
}]}

test_shell if {
	some found in rule.findings with input as subject(true, "/bin/sh")
	startswith(found.message, `readiness of container "web" runs /bin/sh, which image "i" is known not to have`)
}

test_own_program if {
	count(rule.findings) == 0 with input as subject(true, "/app/healthcheck")
}

test_image_with_a_shell if {
	count(rule.findings) == 0 with input as subject(false, "sh")
}
