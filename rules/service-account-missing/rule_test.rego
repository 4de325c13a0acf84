package rollcast.rules_test["service-account-missing"]

import data.rollcast.rules["service-account-missing"] as rule

test_told if {
	some found in rule.findings with input as {"missing": [{"id": 1, "kind": "ServiceAccount", "name": "agent", "by": 2}]}
	found.at == 1
	found.related[0].at == 2
}

test_none if {
	list := rule.findings with input as {"missing": []}
	count(list) == 0
}
