package rollcast.rules_test["liveness-identical-to-readiness"]

import data.rollcast.rules["liveness-identical-to-readiness"] as rule

probe(id, overrides) := object.union(
	{
		"id": id, "handler": {"mechanism": "httpGet", "path": "/ok", "port": 8080},
		"unresolvable": false, "question": "httpGet /ok on port 8080", "patienceSeconds": 20, "timeoutSeconds": 1,
		"periodSeconds": 10, "failureThreshold": 3,
	},
	overrides,
)

subject(liveness, readiness) := {"containers": [{"probes": {"liveness": probe(1, liveness), "readiness": probe(2, readiness)}}]}

test_same_question_same_patience if {
	some found in rule.findings with input as subject({}, {})
	found.at == 1
	found.related == [{"at": 2, "message": "readiness asks the same here"}]
	contains(found.message, "httpGet /ok on port 8080")
	contains(found.message, "failureThreshold to 9")
}

test_threshold_beats_readiness if {
	# 300 s of patience need 31 periods of 10 s, and one more to be the longer.
	some found in rule.findings with input as subject({}, {"patienceSeconds": 300})
	contains(found.message, "failureThreshold to 32")
}

test_more_patient if {
	count(rule.findings) == 0 with input as subject({"patienceSeconds": 21}, {})
	count(rule.findings) == 0 with input as subject({"timeoutSeconds": 2}, {})
}

test_longer_timeout_does_not_make_up_for_less_patience if {
	count(rule.findings) == 1 with input as subject({"patienceSeconds": 10}, {"timeoutSeconds": 1})
}

test_other_question if {
	count(rule.findings) == 0 with input as subject({"handler": {"mechanism": "httpGet", "path": "/live", "port": 8080}}, {})
}

test_unknown_ports_are_no_question if {
	count(rule.findings) == 0 with input as subject({"unresolvable": true}, {"unresolvable": true})
}

test_missing_probe if {
	count(rule.findings) == 0 with input as {"containers": [{"probes": {"liveness": probe(1, {})}}]}
}
