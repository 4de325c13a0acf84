package rollcast.rules_test["service-mixes-workloads"]

import data.rollcast.rules["service-mixes-workloads"] as rule

found(others) := count(list) if {
	list := rule.findings with input as {"id": 0, "kind": "Deployment", "name": "b", "context": {"services": [{"id": 1, "name": "web", "others": [{"id": 2, "kind": k, "name": n} | some [k, n] in others]}]}}
}

test_told_once if {
	found([["Deployment", "c"]]) == 1
	found([["Deployment", "a"]]) == 0
	found([["Deployment", "c"], ["Deployment", "a"]]) == 0
}

test_alone if found([]) == 0
