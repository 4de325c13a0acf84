package rollcast.rules_test["recreate-behind-service"]

import data.rollcast.rules["recreate-behind-service"] as rule

subject(strategy, volumes, services) := {
	"strategy": {"id": 1, "type": strategy}, "replicas": {"min": 1},
	"pod": {"exclusive": [], "volumes": volumes}, "context": {"services": services},
}

web := [{"id": 9, "name": "web"}]

test_outage if {
	count(rule.findings) == 1 with input as subject("Recreate", [{"name": "tmp"}], web)
}

test_volume_explains_it if {
	count(rule.findings) == 0 with input as subject("Recreate", [{"name": "data", "claim": "data"}], web)
}

test_rolling if {
	count(rule.findings) == 0 with input as subject("RollingUpdate", [], web)
}

test_without_a_service if {
	count(rule.findings) == 0 with input as subject("Recreate", [], [])
}
