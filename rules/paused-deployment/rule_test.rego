package rollcast.rules_test["paused-deployment"]

import data.rollcast.rules["paused-deployment"] as rule

test_paused if {
	count(rule.findings) == 1 with input as {"id": 0, "paused": true}
}

test_running if {
	count(rule.findings) == 0 with input as {"id": 0, "paused": false}
}
