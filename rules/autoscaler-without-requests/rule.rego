# METADATA
# title: an autoscaler measures a share of nothing
# description: |
#   A utilization is a percentage of what the containers request. If one of them requests
#   nothing, sidecars included, the metric cannot be computed for the pod: the autoscaler
#   reports `FailedGetResourceMetric`, keeps the replicas as they are, and does nothing when the
#   load comes.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
#     description: "Kubernetes documentation: horizontal pod autoscaling"
#   - ref: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
#     description: "Kubernetes documentation: resource management for pods and containers"
# custom:
#   summary: A HorizontalPodAutoscaler measures the utilization of a resource that a container does not request.
#   severity: error
#   category: autoscaling
#   confidence: high
#   profile: recommended
#   kinds: [Deployment, StatefulSet, ReplicaSet, ReplicationController]
#   since: "0.1"
#   computed: |
#     The metric is a utilization of cpu or memory, of the pod or of one container; an
#     autoscaler without metrics measures 80% of the CPU. A limit without a request is the
#     request. Requests of the pod as a whole count for a metric of the pod. Where the set
#     holds a LimitRange for the namespace, which may add requests, nothing is reported.
package rollcast.rules["autoscaler-without-requests"]

findings contains {
	"at": metric.id,
	"message": sprintf("the autoscaler measures %s as a share of the requests, but container %q requests none, so it never scales; add resources.requests.%s", [metric.resource, metric.containers[0], metric.resource]),
	"related": [{"at": container.id, "message": "the container without the request"}],
} if {
	some autoscaler in input.context.autoscalers
	some metric in autoscaler.unmeasured
	some container in input.containers
	container.name == metric.containers[0]
}
