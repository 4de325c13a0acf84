package rollcast.rules_test["server-fields-written"]

import data.rollcast.rules["server-fields-written"] as rule

test_written if {
	some found in rule.findings with input as {"written": [{"id": 1, "field": "metadata.uid"}]}
	found.at == 1
	found.fix.ops == [{"op": "remove"}]
}

test_none if {
	count(rule.findings) == 0 with input as {"written": []}
}
