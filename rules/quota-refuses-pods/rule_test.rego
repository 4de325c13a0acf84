package rollcast.rules_test["quota-refuses-pods"]

import data.rollcast.rules["quota-refuses-pods"] as rule

refusal(kind) := {"context": {"refusals": [{"id": 4, "by": 5, "kind": kind, "name": "team", "text": `container "web" requests no cpu`}]}}

test_quota if {
	some found in rule.findings with input as refusal("ResourceQuota")
	found.at == 4
	startswith(found.message, `container "web" requests no cpu, and ResourceQuota "team" counts it`)
}

test_limit_range if {
	count(rule.findings) == 0 with input as refusal("LimitRange")
}
