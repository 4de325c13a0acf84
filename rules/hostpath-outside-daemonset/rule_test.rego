package rollcast.rules_test["hostpath-outside-daemonset"]

import data.rollcast.rules["hostpath-outside-daemonset"] as rule

found(path, read_only) := count(list) if {
	list := rule.findings with input as {"pod": {"volumes": [{"id": 1, "name": "data", "hostPath": path, "mounts": [{"container": "web", "path": "/data", "readOnly": read_only}]}]}}
}

test_moves if {
	found("/srv/data", false) == 1
	found("/srv/data", true) == 0
	found("/var/run/docker.sock", false) == 0
	found("/srv/app.sock", false) == 0
}
