package rollcast.rules_test["volume-ownership-set-at-each-start"]

import data.rollcast.rules["volume-ownership-set-at-each-start"] as rule

found(always, volumes, templates) := count(list) if {
	list := rule.findings with input as {"pod": {"id": 1, "ownership": {"id": 2, "fsGroup": 2000, "always": always}, "volumes": volumes}, "claimTemplates": templates}
}

test_claim if {
	found(true, [{"claim": "data"}], []) == 1
	found(true, [], [{"name": "data"}]) == 1
}

test_none if {
	found(false, [{"claim": "data"}], []) == 0
	found(true, [{"name": "tmp"}], []) == 0
}
