package rollcast.rules_test["daemonset-rollout-slow"]

import data.rollcast.rules["daemonset-rollout-slow"] as rule

found(limit, seconds) := [f.message | some f in list] if {
	list := rule.findings with input as {
		"update": {"type": "RollingUpdate", "maxSurge": {"id": 1, "value": "0"}, "maxUnavailable": limit},
		"plans": {"timed": {"durationSeconds": {"max": seconds}, "waves": 3}},
	}
}

test_slow if {
	some message in found({"id": 2, "value": "1"}, 180)
	contains(message, "takes up to 100 min: 100 waves of up to 60 s (maxUnavailable 1)")
}

test_fast if {
	count(found({"id": 2, "value": "10%", "percent": 10}, 180)) == 0
	count(found({"id": 2, "value": "1"}, 54)) == 0
}
