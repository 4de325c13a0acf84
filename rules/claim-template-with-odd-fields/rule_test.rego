package rollcast.rules_test["claim-template-with-odd-fields"]

import data.rollcast.rules["claim-template-with-odd-fields"] as rule

found(modes, namespace) := count(list) if {
	list := rule.findings with input as {"namespace": "shop", "claimTemplates": [{"id": 1, "name": "data", "accessModes": modes, "namespace": namespace}]}
}

test_modes if {
	found(["ReadWriteOnce", "ReadOnlyMany"], "") == 1
	found(["ReadWriteOnce"], "") == 0
}

test_namespace if {
	found(["ReadWriteOnce"], "prod") == 1
	found(["ReadWriteOnce"], "shop") == 0
}
