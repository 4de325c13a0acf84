package rollcast.rules_test["liveness-kills-slow-start"]

import data.rollcast.rules["liveness-kills-slow-start"] as rule

liveness(kill) := {
	"id": 3, "container": "web", "role": "liveness", "unresolvable": false,
	"initialDelaySeconds": 0, "periodSeconds": 10, "failureThreshold": 3,
	"killSeconds": {"min": kill, "max": kill + 11},
}

readiness(delay) := {"id": 4, "initialDelaySeconds": delay}

subject(container) := {"containers": [container]}

test_declared_start_is_an_error if {
	some found in rule.findings with input as object.union(
		subject({"declaredStartupSeconds": 45, "probes": {"liveness": liveness(20)}}),
		{"declaredStartup": {"id": 1}},
	)
	found.at == 3
	not found.severity
	contains(found.message, "after 20 s (initialDelaySeconds 0 + 2 × periodSeconds 10)")
	contains(found.message, "failureThreshold 9")
	found.related == [{"at": 1, "message": "declared to need 45 s here"}]
}

test_readiness_delay_is_a_warning if {
	some found in rule.findings with input as subject({"probes": {"liveness": liveness(20), "readiness": readiness(21)}})
	found.severity == "warning"
}

test_equal_is_in_time if {
	count(rule.findings) == 0 with input as subject({"probes": {"liveness": liveness(20), "readiness": readiness(20)}})
	count(rule.findings) == 0 with input as object.union(
		subject({"declaredStartupSeconds": 20, "probes": {"liveness": liveness(20)}}),
		{"declaredStartup": {"id": 1}},
	)
}

test_declared_wins_over_readiness if {
	count(rule.findings) == 0 with input as object.union(
		subject({"declaredStartupSeconds": 10, "probes": {"liveness": liveness(20), "readiness": readiness(60)}}),
		{"declaredStartup": {"id": 1}},
	)
}

test_startup_probe_holds_liveness_back if {
	count(rule.findings) == 0 with input as subject({"probes": {
		"startup": {"id": 5},
		"liveness": liveness(20),
		"readiness": readiness(60),
	}})
}

test_liveness_that_never_acts if {
	never := object.union(liveness(20), {"unresolvable": true})
	count(rule.findings) == 0 with input as subject({"probes": {"liveness": never, "readiness": readiness(60)}})
}

test_unreadable_annotation if {
	rule.findings == {{"at": 7, "severity": "warning", "message": "unreadable"}} with input as {
		"containers": [],
		"declaredStartup": {"id": 7, "fault": "unreadable"},
	}
}
