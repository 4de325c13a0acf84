package rollcast.rules_test["percent-rounds-to-zero"]

import data.rollcast.rules["percent-rounds-to-zero"] as rule

subject(percent, replicas, unavailable) := {
	"strategy": {"type": "RollingUpdate", "maxUnavailable": {"id": 2, "declared": true, "percent": percent}},
	"plans": {"lowest": {
		"replicas": replicas,
		"surge": {"pods": 1},
		"unavailable": {"pods": unavailable, "arithmetic": "25% of 3 is 0.75, rounded down to 0"},
	}},
}

test_a_quarter_of_three if {
	some found in rule.findings with input as subject(25, 3, 0)
	found.at == 2
	found.message == "maxUnavailable 25% of 3 is 0.75, rounded down to 0: an old pod goes only when a new one is available, so there has to be room for a surge of 1"
}

test_raised_to_one if {
	some found in rule.findings with input as subject(10, 2, 1)
	endswith(found.message, "a pod goes before the new one comes")
}

test_one_whole_pod if {
	count(rule.findings) == 0 with input as subject(25, 4, 1)
}

test_zero_percent_and_zero_replicas if {
	count(rule.findings) == 0 with input as subject(0, 3, 0)
	count(rule.findings) == 0 with input as subject(25, 0, 0)
}

test_default_is_not_reported if {
	count(rule.findings) == 0 with input as object.union(subject(25, 3, 0), {"strategy": {"maxUnavailable": {"declared": false}}})
}

test_larger_surge if {
	some found in rule.findings with input as object.union(subject(25, 3, 0), {"plans": {"lowest": {"surge": {"pods": 2}}}})
	endswith(found.message, "room for a surge of 2")
}
