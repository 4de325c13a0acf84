package rollcast.rules_test["scale-up-starts-old-pods"]

import data.rollcast.rules["scale-up-starts-old-pods"] as rule

found(before, now, kinds) := count(list) if {
	list := rule.findings with input as {
		"replicas": {"id": 1, "declared": now}, "strategy": {"type": "RollingUpdate"},
		"change": {"kinds": kinds, "base": {"spec": {"replicas": before}}, "because": [{"id": 2, "path": "spec.template.spec.containers[0].image"}]},
	}
}

test_both if found(3, 10, ["rollout", "scale"]) == 1

test_one_of_them if {
	found(10, 3, ["rollout", "scale"]) == 0
	found(3, 10, ["scale"]) == 0
	found(0, 3, ["rollout", "scale"]) == 0
}
