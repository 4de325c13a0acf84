# METADATA
# title: a database keeps its data in an emptyDir
# description: |
#   An emptyDir lives as long as its pod. The next rollout, a drain or an eviction deletes it, and with it the
#   data that a database writes there.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
#     description: "Kubernetes documentation: emptyDir"
# custom:
#   summary: The data folder of a database is an emptyDir.
#   severity: warning
#   category: storage
#   confidence: medium
#   profile: strict
#   kinds: [Deployment, StatefulSet]
#   since: "0.1"
#   computed: |
#     The image is one of those known by their data folder (Cassandra, CockroachDB, Elasticsearch, etcd, InfluxDB,
#     MariaDB, MongoDB, MySQL, PostgreSQL, RabbitMQ), and an emptyDir is mounted there or above it. Whether
#     the data may be lost, as in a test, is not known.
package rollcast.rules["database-in-emptydir"]

findings contains {
	"at": volume.id,
	"message": sprintf("container %q keeps its data in %s, and volume %q is an emptyDir, which the next rollout deletes; use a PersistentVolumeClaim", [container.name, mount.path, volume.name]),
	"related": [{"at": container.id, "path": ["image"], "message": "it stores data"}],
} if {
	some volume in input.pod.volumes
	volume.emptyDir
	some mount in volume.mounts
	not mount.readOnly
	some container in input.containers
	container.name == mount.container
	regex.match(`(^|/)(cassandra|cockroach|elasticsearch|opensearch|etcd|influxdb|mariadb|mysql|percona|mongo|mongodb|postgres|postgresql|postgis|rabbitmq)(:|@|$)`, container.image)
	some image, folder in folders
	regex.match(concat("", ["(^|/)", image, "(:|@|$)"]), container.image)
	startswith(folder, concat("", [trim_right(mount.path, "/"), "/"]))
}

folders := {
	"cassandra": "/var/lib/cassandra/data/",
	"cockroach": "/cockroach/cockroach-data/",
	"(elasticsearch|opensearch)": "/usr/share/elasticsearch/data/",
	"etcd": "/var/lib/etcd/",
	"influxdb": "/var/lib/influxdb/",
	"(mariadb|mysql|percona)": "/var/lib/mysql/",
	"mongo(db)?": "/data/db/",
	"(postgres|postgresql|postgis)": "/var/lib/postgresql/data/",
	"rabbitmq": "/var/lib/rabbitmq/",
}
