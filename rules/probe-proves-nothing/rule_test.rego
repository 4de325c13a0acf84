package rollcast.rules_test["probe-proves-nothing"]

import data.rollcast.rules["probe-proves-nothing"] as rule

subject(command) := {"probes": [{"id": 1, "role": "liveness", "container": "web", "handler": {"mechanism": "exec", "command": command}}]}

test_always if {
	every command in [["true"], ["/bin/true"], ["sh", "-c", "exit 0"], ["/bin/bash", "-c", "echo alive"], ["echo", "ok"], ["sleep", "1"]] {
		count(rule.findings) == 1 with input as subject(command)
	}
}

test_sometimes if {
	every command in [["cat", "/tmp/ok"], ["sh", "-c", "echo $(check)"], ["sh", "-c", "echo ruok | nc localhost 2181"], ["truecheck"], ["sh", "-c", "echo a; check"]] {
		count(rule.findings) == 0 with input as subject(command)
	}
}
