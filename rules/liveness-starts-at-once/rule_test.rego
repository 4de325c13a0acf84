package rollcast.rules_test["liveness-starts-at-once"]

import data.rollcast.rules["liveness-starts-at-once"] as rule

found(delay, more) := count(list) if {
	liveness := {"id": 1, "initialDelaySeconds": delay, "periodSeconds": 10, "killSeconds": {"min": 20}, "killArithmetic": "0 + 2 × 10", "unresolvable": false}
	list := rule.findings with input as {"containers": [object.union({"name": "web", "probes": {"liveness": liveness}}, more)]}
}

test_at_once if found(0, {}) == 1

test_delayed_or_known if {
	found(1, {}) == 0
	found(0, {"expectedStart": {"seconds": 5}}) == 0
	found(0, {"probes": {"startup": {"id": 2}}}) == 0
}
