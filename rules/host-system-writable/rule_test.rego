package rollcast.rules_test["host-system-writable"]

import data.rollcast.rules["host-system-writable"] as rule

found(path, read_only) := count(list) if {
	list := rule.findings with input as {"pod": {"volumes": [{"id": 1, "hostPath": path, "mounts": [{"id": 2, "container": "agent", "path": "/host", "readOnly": read_only}]}]}}
}

test_writable if {
	found("/proc", false) == 1
	found("/proc", true) == 0
	found("/var/log", false) == 0
}
