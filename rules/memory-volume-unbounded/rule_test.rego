package rollcast.rules_test["memory-volume-unbounded"]

import data.rollcast.rules["memory-volume-unbounded"] as rule

test_unbounded if {
	count(rule.findings) == 1 with input as {"pod": {"volumes": [{"id": 1, "name": "cache", "unbounded": true}]}}
}

test_bounded if {
	count(rule.findings) == 0 with input as {"pod": {"volumes": [{"id": 1, "name": "cache", "unbounded": false}]}}
}
