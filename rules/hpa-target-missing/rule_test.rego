package rollcast.rules_test["hpa-target-missing"]

import data.rollcast.rules["hpa-target-missing"] as rule

test_unattached if {
	some found in rule.findings with input as {"name": "web", "unattached": {"id": 1, "meant": 2, "gap": "x"}}
	found.at == 1
}

test_attached if {
	count(rule.findings) == 0 with input as {"name": "web"}
}
