package rollcast.rules_test["database-in-emptydir"]

import data.rollcast.rules["database-in-emptydir"] as rule

found(image, path, empty) := count(list) if {
	list := rule.findings with input as {
		"containers": [{"id": 1, "name": "db", "image": image}],
		"pod": {"volumes": [{"id": 2, "name": "data", "emptyDir": empty, "mounts": [{"container": "db", "path": path, "readOnly": false}]}]},
	}
}

test_data if {
	found("postgres:17.2", "/var/lib/postgresql/data", true) == 1
	found("docker.io/library/postgres:17.2", "/var/lib/postgresql", true) == 1
	found("mongo", "/data/db/", true) == 1
}

test_other if {
	found("postgres:17.2", "/var/lib/postgresql/data", false) == 0
	found("postgres:17.2", "/var/run/postgresql", true) == 0
	found("postgres-exporter:1", "/var/lib/postgresql/data", true) == 0
	found("postgres:17.2", "/var/lib/postgresql/data/extra", true) == 0
}
