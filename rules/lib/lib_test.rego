package rollcast.lib_test

import data.rollcast.lib

subject(strategy, hazard) := {
	"strategy": {"type": strategy},
	"plans": {"lowest": {"hazards": [{"hazard": "other"}, {"hazard": hazard}]}},
}

test_all_replaced_at_once if {
	lib.all_replaced_at_once with input as subject("RollingUpdate", "zero-available")
	not lib.all_replaced_at_once with input as subject("Recreate", "zero-available")
	not lib.all_replaced_at_once with input as subject("RollingUpdate", "stalls")
	not lib.all_replaced_at_once with input as {}
}

test_proves_nothing if {
	lib.proves_nothing({"handler": {"command": ["sh", "-c", "exit 0"]}})
	not lib.proves_nothing({"handler": {"command": ["sh", "-c", "exit $code"]}})
	not lib.proves_nothing({"handler": {"mechanism": "httpGet"}})
}

test_numbers if {
	lib.replicas(1) == "1 replica"
	lib.replicas(3) == "3 replicas"
	lib.counted(1, "surge pod") == "1 surge pod"
	lib.counted(0, "wave") == "0 waves"
}
