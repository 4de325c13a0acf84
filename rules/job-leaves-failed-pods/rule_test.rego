package rollcast.rules_test["job-leaves-failed-pods"]

import data.rollcast.rules["job-leaves-failed-pods"] as rule

found(policy, limit) := count(list) if {
	list := rule.findings with input as {"pod": {"restartPolicy": policy}, "run": {"id": 1, "backoffLimit": limit}}
}

test_pods if {
	found("Never", 6) == 1
	found("Never", 5) == 0
	found("OnFailure", 6) == 0
}
