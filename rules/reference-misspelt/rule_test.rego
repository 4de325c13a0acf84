package rollcast.rules_test["reference-misspelt"]

import data.rollcast.rules["reference-misspelt"] as rule

test_misspelt if {
	some found in rule.findings with input as {"misspelt": [{"id": 1, "kind": "Secret", "name": "tokn", "meant": 2, "there": "token"}]}
	found.at == 1
	found.message == `there is no Secret "tokn", and there is "token", which nobody asks for: no pod starts; correct the name`
}

test_none if {
	count(rule.findings) == 0 with input as {"misspelt": []}
}
