package rollcast.rules_test["update-waits-for-deletion"]

import data.rollcast.rules["update-waits-for-deletion"] as rule

test_on_delete if {
	count(rule.findings) == 1 with input as {"id": 0, "update": {"type": "OnDelete"}}
}

test_rolling if {
	count(rule.findings) == 0 with input as {"id": 0, "update": {"type": "RollingUpdate"}}
}
