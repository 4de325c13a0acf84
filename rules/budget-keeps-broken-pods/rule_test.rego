package rollcast.rules_test["budget-keeps-broken-pods"]

import data.rollcast.rules["budget-keeps-broken-pods"] as rule

found(policy) := count(list) if {
	list := rule.findings with input as {"id": 0, "kind": "Deployment", "name": "web", "context": {"budgets": [{"id": 1, "name": "web", "unhealthyPolicy": policy}]}}
}

test_policy if {
	found("IfHealthyBudget") == 1
	found("AlwaysAllow") == 0
}
