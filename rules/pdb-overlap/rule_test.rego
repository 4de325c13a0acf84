package rollcast.rules_test["pdb-overlap"]

import data.rollcast.rules["pdb-overlap"] as rule

subject(budgets) := {"id": 0, "kind": "Deployment", "name": "web", "context": {"budgets": budgets}}

test_two if {
	count(rule.findings) == 1 with input as subject([{"id": 1, "name": "a"}, {"id": 2, "name": "b"}])
}

test_one if {
	count(rule.findings) == 0 with input as subject([{"id": 1, "name": "a"}])
}
