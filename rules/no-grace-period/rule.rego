# METADATA
# title: pods are killed without a grace period
# description: |
#   With `terminationGracePeriodSeconds: 0` the kubelet kills the process at once, without a
#   TERM signal, and the API server forgets the pod before it is gone. Requests are cut off,
#   files stay half written, and a StatefulSet may start the next pod of the same name while the
#   old one still runs.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/
#     description: "Kubernetes documentation: pod lifecycle"
#   - ref: https://kubernetes.io/docs/tasks/run-application/force-delete-stateful-set-pod/
#     description: "Kubernetes documentation: force delete StatefulSet pods"
# custom:
#   summary: terminationGracePeriodSeconds is 0, so that every rollout kills the pods at once.
#   severity: warning
#   category: availability
#   confidence: medium
#   profile: strict
#   kinds: [Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController]
#   since: "0.1"
#   computed: |
#     `terminationGracePeriodSeconds` is 0. Jobs are not reported: nothing waits for their
#     requests.
package rollcast.rules["no-grace-period"]

findings contains {
	"at": input.pod.id,
	"path": ["terminationGracePeriodSeconds"],
	"message": "pods are killed without a signal, so each rollout cuts off requests and half-written files; set terminationGracePeriodSeconds to 30, or what the application needs",
	"fix": {"ops": [{"op": "set", "path": ["terminationGracePeriodSeconds"], "value": 30}]},
} if {
	input.pod.terminationGracePeriodSeconds == 0
}
