package rollcast.lib_test

import data.rollcast.lib

test_lowest_plan_without_autoscaler if {
	lib.lowest_plan.replicas == 3 with input as {"plans": {"timed": {"replicas": 3}}}
}

test_lowest_plan_with_autoscaler if {
	lib.lowest_plan.replicas == 2 with input as {"plans": {"timed": {"replicas": 3}, "atMin": {"replicas": 2}}}
}

test_plans_with_autoscaler_are_both_ends if {
	plans := lib.plans with input as {"plans": {"timed": {"replicas": 3}, "atMin": {"replicas": 2}, "atMax": {"replicas": 9}}}
	{p.replicas | some p in plans} == {2, 9}
}

test_no_plan_is_no_lowest_plan if {
	not lib.lowest_plan with input as {}
}

test_questions if {
	lib.question({"mechanism": "httpGet", "path": "/ok", "port": 80}) == "httpGet /ok on port 80"
	lib.question({"mechanism": "tcpSocket", "port": 6379}) == "tcpSocket on port 6379"
	lib.question({"mechanism": "grpc", "port": 9000}) == "grpc on port 9000"
	lib.question({"mechanism": "exec", "command": ["cat", "/tmp/x"]}) == "exec cat"
	lib.question({"mechanism": "exec"}) == "exec"
}

test_ceil_div if {
	lib.ceil_div(90, 10) == 9
	lib.ceil_div(91, 10) == 10
}
