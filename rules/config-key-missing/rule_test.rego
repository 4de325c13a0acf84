package rollcast.rules_test["config-key-missing"]

import data.rollcast.rules["config-key-missing"] as rule

subject(keys) := {"containers": [{"name": "web", "missingKeys": keys}]}

test_missing if {
	count(rule.findings) == 1 with input as subject([{"id": 1, "source": 2, "kind": "Secret", "name": "s", "key": "k"}])
}

test_there if {
	count(rule.findings) == 0 with input as subject([])
}

test_volume if {
	some found in rule.findings with input as {"pod": {"volumes": [{"name": "v", "missingKeys": [{"id": 1, "source": 2, "kind": "ConfigMap", "name": "s", "key": "k"}]}]}}
	contains(found.message, "volume \"v\" is never set up")
}
