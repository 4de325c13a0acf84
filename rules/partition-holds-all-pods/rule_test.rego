package rollcast.rules_test["partition-holds-all-pods"]

import data.rollcast.rules["partition-holds-all-pods"] as rule

subject(partition, most) := {"id": 0, "replicas": {"max": most}, "update": {"type": "RollingUpdate", "partition": partition}}

test_all if {
	count(rule.findings) == 1 with input as subject(3, 3)
}

test_all_but_one if {
	count(rule.findings) == 0 with input as subject(2, 3)
}

test_stopped if {
	count(rule.findings) == 0 with input as subject(0, 0)
}
