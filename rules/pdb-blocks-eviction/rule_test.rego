package rollcast.rules_test["pdb-blocks-eviction"]

import data.rollcast.rules["pdb-blocks-eviction"] as rule

subject(fewest, spare) := {"replicas": {"id": 5}, "context": {"budgets": [{"id": 7, "name": "web", "fewest": fewest, "spare": spare, "minAvailable": {"id": 1, "value": "80%"}}]}}

test_all_of_three if {
	some found in rule.findings with input as subject(3, 0)
	found.severity == "error"
}

test_one_pod_is_a_warning if {
	some found in rule.findings with input as subject(1, 0)
	found.severity == "warning"
}

test_one_to_spare if {
	count(rule.findings) == 0 with input as subject(3, 1)
}

test_unknown if {
	count(rule.findings) == 0 with input as {"context": {"budgets": [{"name": "web", "minAvailable": {"id": 1, "value": "1"}}]}}
}
