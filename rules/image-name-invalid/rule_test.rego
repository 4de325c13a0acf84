package rollcast.rules_test["image-name-invalid"]

import data.rollcast.rules["image-name-invalid"] as rule

test_fault if {
	count(rule.findings) == 1 with input as {"containers": [{"id": 1, "name": "web", "image": "Web", "imageFault": "x"}]}
}

test_readable if {
	count(rule.findings) == 0 with input as {"containers": [{"id": 1, "name": "web", "image": "web"}]}
}
