package rollcast.lib_test

import data.rollcast.lib

subject(plan) := {"strategy": {"type": "RollingUpdate"}, "plans": {"lowest": plan}}

test_all_replaced_at_once if {
	lib.all_replaced_at_once with input as subject({"replicas": 2, "unavailable": {"pods": 2}, "minAvailable": 0})
	not lib.all_replaced_at_once with input as subject({"replicas": 2, "unavailable": {"pods": 1}, "minAvailable": 1})
	not lib.all_replaced_at_once with input as subject({"replicas": 0, "unavailable": {"pods": 0}, "minAvailable": 0})
	not lib.all_replaced_at_once with input as {}
}
