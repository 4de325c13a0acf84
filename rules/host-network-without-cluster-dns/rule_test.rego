package rollcast.rules_test["host-network-without-cluster-dns"]

import data.rollcast.rules["host-network-without-cluster-dns"] as rule

subject(network, policy) := {"pod": {"id": 1, "hostNetwork": network, "dnsPolicy": policy}}

test_cluster_first if {
	count(rule.findings) == 1 with input as subject(true, "ClusterFirst")
}

test_decided if {
	count(rule.findings) == 0 with input as subject(true, "Default")
}

test_own_network if {
	count(rule.findings) == 0 with input as subject(false, "ClusterFirst")
}
