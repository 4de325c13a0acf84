package rollcast.rules_test["placeholder-left"]

import data.rollcast.rules["placeholder-left"] as rule

test_told if {
	list := rule.findings with input as {"placeholders": [{"id": 1, "text": "<db-host>"}]}
	count(list) == 1
}

test_none if {
	list := rule.findings with input as {"placeholders": []}
	count(list) == 0
}
