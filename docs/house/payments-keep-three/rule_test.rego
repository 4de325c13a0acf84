package rollcast.rules_test["payments-keep-three"]

import data.rollcast.rules["payments-keep-three"] as rule

subject(team, available) := {
	"object": {"metadata": {"labels": {"team": team}}},
	"strategy": {"maxUnavailable": {"id": 7}},
	"plans": {"range": [{"minAvailable": available}]},
}

test_payments if {
	some found in rule.findings with input as subject("payments", 2)
	found.at == 7
	count(rule.findings) == 0 with input as subject("payments", 3)
	count(rule.findings) == 0 with input as subject("search", 0)
}
