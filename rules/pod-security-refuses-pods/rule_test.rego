package rollcast.rules_test["pod-security-refuses-pods"]

import data.rollcast.rules["pod-security-refuses-pods"] as rule

refusal(kind) := {"context": {"refusals": [{"id": 4, "by": 5, "kind": kind, "name": "shop", "level": "baseline", "text": "hostPID is true"}]}}

test_namespace if {
	some found in rule.findings with input as refusal("Namespace")
	found.message == `Namespace "shop" enforces baseline and refuses these pods: hostPID is true`
}

test_quota if {
	count(rule.findings) == 0 with input as refusal("ResourceQuota")
}
