package rollcast.rules_test["limit-range-refuses-pods"]

import data.rollcast.rules["limit-range-refuses-pods"] as rule

refusal(kind) := {"context": {"refusals": [{"id": 4, "by": 5, "kind": kind, "name": "team", "text": "above"}]}}

test_limit_range if {
	rule.findings == {{"at": 4, "message": `above of LimitRange "team": no pod is created`, "related": [{"at": 5, "message": "the bound"}]}} with input as refusal("LimitRange")
}

test_quota if {
	count(rule.findings) == 0 with input as refusal("ResourceQuota")
}
