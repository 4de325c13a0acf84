package rollcast.rules_test["daemonset-updates-all-nodes"]

import data.rollcast.rules["daemonset-updates-all-nodes"] as rule

found(limit) := count(list) if list := rule.findings with input as {"update": {"type": "RollingUpdate", "maxUnavailable": limit}}

test_all if {
	found({"id": 1, "value": "100%", "percent": 100}) == 1
	found({"id": 1, "value": "10"}) == 1
}

test_some if {
	found({"id": 1, "value": "99%", "percent": 99}) == 0
	found({"id": 1, "value": "9"}) == 0
}
