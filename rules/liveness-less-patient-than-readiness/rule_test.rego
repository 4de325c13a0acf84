package rollcast.rules_test["liveness-less-patient-than-readiness"]

import data.rollcast.rules["liveness-less-patient-than-readiness"] as rule

subject(l, r, handler, unresolvable) := {"containers": [{"name": "web", "probes": {
	"liveness": {"id": 1, "patienceSeconds": l, "periodSeconds": 5, "handler": "livez", "unresolvable": unresolvable},
	"readiness": {"id": 2, "patienceSeconds": r, "handler": handler},
}}]}

test_sooner if {
	some found in rule.findings with input as subject(5, 21, "readyz", false)
	found.at == 1
	endswith(found.message, "raise liveness failureThreshold to 6")
}

test_equal if {
	count(rule.findings) == 0 with input as subject(20, 20, "readyz", false)
}

test_same_question_is_another_rule if {
	count(rule.findings) == 0 with input as subject(5, 20, "livez", false)
}

test_never_acts if {
	count(rule.findings) == 0 with input as subject(5, 20, "readyz", true)
}
