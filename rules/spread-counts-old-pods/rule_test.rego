package rollcast.rules_test["spread-counts-old-pods"]

import data.rollcast.rules["spread-counts-old-pods"] as rule

subject(revision, strategy) := {"strategy": {"type": strategy}, "pod": {"spread": [{"id": 1, "topologyKey": "zone", "byRevision": revision}]}}

test_counted if {
	count(rule.findings) == 1 with input as subject(false, "RollingUpdate")
}

test_by_revision if {
	count(rule.findings) == 0 with input as subject(true, "RollingUpdate")
}

test_old_ones_are_gone if {
	count(rule.findings) == 0 with input as subject(false, "Recreate")
}
