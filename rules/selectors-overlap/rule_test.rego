package rollcast.rules_test["selectors-overlap"]

import data.rollcast.rules["selectors-overlap"] as rule

subject(rivals) := {"id": 0, "kind": "Deployment", "name": "web", "context": {"rivals": rivals}}

test_rivals if {
	count(rule.findings) == 1 with input as subject([{"id": 1, "kind": "Deployment", "name": "api"}])
}

test_other_end_of_the_pair if {
	count(rule.findings) == 0 with input as subject([{"id": 1, "kind": "StatefulSet", "name": "api"}])
}

test_none if {
	count(rule.findings) == 0 with input as subject([])
}
