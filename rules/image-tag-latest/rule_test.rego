package rollcast.rules_test["image-tag-latest"]

import data.rollcast.rules["image-tag-latest"] as rule

subject(image, tag, digest) := {"containers": [{"id": 1, "name": "web", "image": image, "tag": tag, "digest": digest}]}

test_latest if {
	count(rule.findings) == 1 with input as subject("web:latest", "latest", false)
}

test_untagged if {
	count(rule.findings) == 1 with input as subject("web", "", false)
}

test_digest if {
	count(rule.findings) == 0 with input as subject("web@sha256:1", "", true)
}

test_version if {
	count(rule.findings) == 0 with input as subject("web:1", "1", false)
}

test_placeholder if {
	count(rule.findings) == 0 with input as subject("<image>", "", false)
}
