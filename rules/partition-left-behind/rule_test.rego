package rollcast.rules_test["partition-left-behind"]

import data.rollcast.rules["partition-left-behind"] as rule

found(before, now, kinds) := [f.message | some f in list] if {
	list := rule.findings with input as {
		"id": 0, "update": {"type": "RollingUpdate", "partition": now}, "replicas": {"effective": 5, "max": 5},
		"change": {"kinds": kinds, "base": {"spec": {"updateStrategy": {"rollingUpdate": {"partition": before}}}}, "because": [{"id": 1, "path": "spec.template.spec.containers[0].image"}]},
	}
}

test_stays if {
	some message in found(3, 3, ["rollout"])
	contains(message, "reaches ordinals 3 to 4 and leaves ordinals 0 to 2")
	some other in found(1, 4, ["rollout"])
	contains(other, "reaches ordinal 4 and leaves ordinals 0 to 3")
}

test_new_or_gone_or_no_rollout if {
	count(found(0, 3, ["rollout"])) == 0
	count(found(3, 0, ["rollout"])) == 0
	count(found(3, 5, ["rollout"])) == 0
	count(found(3, 3, ["scale"])) == 0
}
