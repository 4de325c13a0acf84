package rollcast.rules_test["root-user-forbidden-and-asked-for"]

import data.rollcast.rules["root-user-forbidden-and-asked-for"] as rule

test_contradiction if {
	count(rule.findings) == 1 with input as {"containers": [{"name": "web", "asRoot": 3}]}
}

test_none if {
	count(rule.findings) == 0 with input as {"containers": [{"name": "web"}]}
}
