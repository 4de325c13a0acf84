# METADATA
# title: members of a cluster cannot find each other before they are ready
# description: |
#   The members of a cluster such as etcd or Kafka become ready once they have formed it, and to form it
#   they look each other up by the names of the headless Service. Without publishNotReadyAddresses these
#   names lead nowhere until a pod is ready: on the first start, and after all were lost, they wait for
#   each other.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
#     description: "Kubernetes documentation: DNS for Services and pods"
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
#     description: "Kubernetes documentation: StatefulSets"
# custom:
#   summary: The headless Service of a clustered StatefulSet names only pods that are ready.
#   severity: info
#   category: services
#   confidence: medium
#   profile: strict
#   kinds: [StatefulSet]
#   since: "0.1"
#   computed: |
#     The image is known to form a cluster of peers (Cassandra, Consul, Elasticsearch, etcd, Eureka, Kafka, NATS,
#     RabbitMQ, ZooKeeper), the container has a readiness probe, there is more than one replica, all of which start at once (`podManagementPolicy: Parallel`), and the
#     Service of `serviceName` is headless without `publishNotReadyAddresses`.
package rollcast.rules["peers-wait-for-readiness"]

findings contains {
	"at": readiness.id,
	"message": sprintf("%s-0 becomes ready once it has found its peers, and Service %q names only pods that are ready; set publishNotReadyAddresses: true on the Service", [input.name, input.governing.name]),
	"related": [{"at": input.governing.found, "message": "the Service"}],
	"fix": {"ops": [{"op": "set", "at": input.governing.found, "path": ["spec", "publishNotReadyAddresses"], "value": true}]},
} if {
	input.governing.headless
	not input.governing.publishNotReady
	input.governing.selects
	input.update.parallel
	input.replicas.max > 1
	some container in input.containers
	regex.match(`(^|/)(cassandra|consul|elasticsearch|etcd|[\w-]*eureka[\w-]*|cp-kafka|kafka|nats|rabbitmq|zookeeper)(:|@|$)`, container.image)
	readiness := container.probes.readiness
}
