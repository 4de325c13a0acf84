package rollcast.rules_test["daemonset-skips-tainted-nodes"]

import data.rollcast.rules["daemonset-skips-tainted-nodes"] as rule

found(tolerations, volumes) := count(list) if {
	list := rule.findings with input as {"pod": {"id": 1, "tolerations": tolerations, "volumes": volumes}}
}

test_agent if {
	found(0, [{"id": 2, "hostPath": "/var/log"}]) == 1
	found(1, [{"id": 2, "hostPath": "/var/log"}]) == 0
	found(0, [{"id": 2}]) == 0
}
