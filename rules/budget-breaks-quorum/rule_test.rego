package rollcast.rules_test["budget-breaks-quorum"]

import data.rollcast.rules["budget-breaks-quorum"] as rule

subject(image, fewest, spare) := {
	"containers": [{"id": 1, "image": image}],
	"context": {"budgets": [{"id": 2, "name": "b", "workloads": 1, "fewest": fewest, "spare": spare}]},
}

test_majority if {
	some found in rule.findings with input as subject("quay.io/coreos/etcd:v3.5.9", 5, 3)
	found.message == `PodDisruptionBudget "b" lets 3 of 5 pods be evicted at a time, and a majority of 3 has to stay; set maxUnavailable: 2`
	count(rule.findings) == 0 with input as subject("quay.io/coreos/etcd:v3.5.9", 5, 2)
	count(rule.findings) == 0 with input as subject("quay.io/coreos/etcd-backup:v1", 5, 3)
	count(rule.findings) == 0 with input as subject("etcd", 2, 2)
}
