package rollcast.rules_test["service-selects-nothing"]

import data.rollcast.rules["service-selects-nothing"] as rule

test_unattached if {
	some found in rule.findings with input as {"name": "web", "unattached": {"id": 1, "meant": 2, "gap": "x"}}
	found.at == 1
}

test_attached if {
	count(rule.findings) == 0 with input as {"name": "web"}
}
