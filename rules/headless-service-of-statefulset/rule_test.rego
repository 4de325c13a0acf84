package rollcast.rules_test["headless-service-of-statefulset"]

import data.rollcast.rules["headless-service-of-statefulset"] as rule

subject(headless, selects) := {"name": "db", "replicas": {"max": 3}, "governing": {"id": 1, "name": "db", "found": 2, "headless": headless, "selects": selects}}

test_cluster_address if {
	some found in rule.findings with input as subject(false, true)
	contains(found.message, "has a cluster address")
}

test_other_pods if {
	some found in rule.findings with input as subject(true, false)
	contains(found.message, "selects other pods")
}

test_headless if {
	count(rule.findings) == 0 with input as subject(true, true)
}

test_not_in_the_set if {
	count(rule.findings) == 0 with input as {"name": "db", "governing": {"id": 1, "name": "db", "headless": false, "selects": false}, "replicas": {"max": 3}}
}
