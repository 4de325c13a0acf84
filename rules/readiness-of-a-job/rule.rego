# METADATA
# title: a readiness probe that nobody asks about
# description: |
#   Readiness decides whether a Service sends traffic to a pod. The pods of a Job run to their
#   end; unless a Service selects them, the probe only costs CPU, and its failures fill the
#   events.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/job/
#     description: "Kubernetes documentation: Jobs"
# custom:
#   summary: The pods of a Job have a readiness probe, and no Service selects them.
#   severity: info
#   category: jobs
#   confidence: high
#   profile: recommended
#   kinds: [Job, CronJob]
#   needs-context: true
#   since: "0.1"
#   computed: |
#     A container of a Job or CronJob, sidecars aside, has a readiness probe, and no Service of
#     the set selects the pods. Silent where the set is incomplete.
package rollcast.rules["readiness-of-a-job"]

findings contains {
	"at": readiness.id,
	"message": sprintf("no Service selects the pods of this Job, so nothing follows from the readiness of container %q; remove the probe", [container.name]),
} if {
	count(input.context.services) == 0
	some container in input.containers
	not container.sidecar
	readiness := container.probes.readiness
}
