package rollcast.rules_test["pods-without-budget"]

import data.rollcast.rules["pods-without-budget"] as rule

subject(replicas, services, budgets) := {"replicas": {"id": 1, "min": replicas}, "context": {"services": services, "budgets": budgets}}

test_budgets if {
	count(rule.findings) == 1 with input as subject(2, [{"id": 2}], [])
	count(rule.findings) == 0 with input as subject(1, [{"id": 2}], [])
	count(rule.findings) == 0 with input as subject(2, [], [])
	count(rule.findings) == 0 with input as subject(2, [{"id": 2}], [{"id": 3}])
}
