package rollcast.rules_test["liveness-kills-slow-start"]

import data.rollcast.rules["liveness-kills-slow-start"] as rule

liveness := {
	"id": 3, "container": "web", "unresolvable": false, "periodSeconds": 10,
	"killSeconds": {"min": 20, "max": 31}, "killArithmetic": "initialDelaySeconds 0 + 2 × periodSeconds 10",
}

start(source, seconds) := {"id": 1, "source": source, "seconds": seconds, "text": "needs up to 45 s", "reason": "declared here"}

subject(start, probes) := {"containers": [{"expectedStart": start, "probes": probes}]}

test_declared_start_is_an_error if {
	some found in rule.findings with input as subject(start("declared", 45), {"liveness": liveness})
	found.at == 3
	found.severity == "error"
	contains(found.message, `container "web" after 20 s (initialDelaySeconds 0 + 2 × periodSeconds 10), but it needs up to 45 s to start`)
	endswith(found.message, "failureThreshold 9")
	found.related == [{"at": 1, "message": "declared here"}]
}

test_long_start_needs_a_later_deadline if {
	long := object.union(subject(start("declared", 300), {"liveness": liveness}), {"progressDeadline": {"seconds": 600}})
	some found in rule.findings with input as long
	endswith(found.message, "failureThreshold 60, and raise progressDeadlineSeconds above 600")
}

test_readiness_delay_is_a_warning if {
	some found in rule.findings with input as subject(start("readiness", 21), {"liveness": liveness})
	found.severity == "warning"
}

test_equal_is_in_time if {
	count(rule.findings) == 0 with input as subject(start("declared", 20), {"liveness": liveness})
}

test_startup_probe_holds_liveness_back if {
	count(rule.findings) == 0 with input as subject(start("declared", 45), {"liveness": liveness, "startup": {"id": 5}})
}

test_liveness_that_never_acts if {
	never := object.union(liveness, {"unresolvable": true})
	count(rule.findings) == 0 with input as subject(start("declared", 45), {"liveness": never})
}

test_nothing_is_known_of_the_start if {
	count(rule.findings) == 0 with input as {"containers": [{"probes": {"liveness": liveness}}]}
}

test_unreadable_annotation if {
	rule.findings == {{"at": 7, "severity": "warning", "message": "unreadable"}} with input as {
		"containers": [],
		"startup": {"id": 7, "fault": "unreadable"},
	}
}

test_configured_start_is_a_warning if {
	some found in rule.findings with input as {"containers": [{"probes": {"liveness": liveness}}]}
		with data.rollcast.params["liveness-kills-slow-start"].startupSeconds as 30
	found.severity == "warning"
	endswith(found.message, "and startupSeconds is 30; add a startupProbe with periodSeconds 10 and failureThreshold 6")
}

test_configured_start_in_time if {
	count(rule.findings) == 0 with input as {"containers": [{"probes": {"liveness": liveness}}]}
		with data.rollcast.params["liveness-kills-slow-start"].startupSeconds as 20
}
