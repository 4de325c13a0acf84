package rollcast.rules_test["quota-too-small"]

import data.rollcast.rules["quota-too-small"] as rule

room(pods) := {"id": 2, "name": "team", "resource": "pods", "hard": "4", "used": "4", "pods": pods}

subject(pods, surge, unavailable, most) := {
	"replicas": {"id": 1, "effective": 3, "max": most},
	"context": {"rooms": [room(pods)]},
	"plans": {"timed": {"surge": {"pods": surge}, "unavailable": {"pods": unavailable}}},
}

severities(s) := list if {
	found := rule.findings with input as s
	list := [f.severity | some f in found]
}

test_rooms if {
	severities(subject(-1, 1, 0, 3)) == ["error"]
	severities(subject(0, 1, 0, 3)) == ["error"]
	severities(subject(0, 1, 1, 3)) == ["info"]
	severities(subject(1, 2, 0, 3)) == ["info"]
	severities(subject(2, 2, 0, 6)) == ["warning"]
	severities(subject(2, 2, 0, 5)) == []
}
