package rollcast.rules_test["no-revision-to-undo"]

import data.rollcast.rules["no-revision-to-undo"] as rule

test_none if {
	count(rule.findings) == 1 with input as {"id": 0, "revisionHistoryLimit": 0}
}

test_one if {
	count(rule.findings) == 0 with input as {"id": 0, "revisionHistoryLimit": 1}
}
