package rollcast.rules_test["requests-missing"]

import data.rollcast.rules["requests-missing"] as rule

missing(requests) := n if {
	found := rule.findings with input as {"pod": {"id": 1, "requests": requests}}
	n := count(found)
}

test_requests if {
	missing({}) == 1
	missing({"cpu": "1"}) == 1
	missing({"cpu": "1", "memory": "1Gi"}) == 0
}
