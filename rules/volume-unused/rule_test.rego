package rollcast.rules_test["volume-unused"]

import data.rollcast.rules["volume-unused"] as rule

volumes(used) := {"pod": {"volumes": [{"id": 1, "name": "data", "used": used}]}}

test_unused if {
	rule.findings == {{"at": 1, "message": `no container mounts volume "data"; mount it, or remove it`}} with input as volumes(false)
}

test_used if {
	count(rule.findings) == 0 with input as volumes(true)
}
