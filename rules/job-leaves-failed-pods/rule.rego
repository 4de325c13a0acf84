# METADATA
# title: a Job that fails leaves a pod for each attempt
# description: |
#   With restartPolicy Never each attempt is a new pod, and the failed ones stay, with their logs. That is
#   right for looking into a failure, and with the default backoffLimit of 6 leaves seven pods for each Job
#   that fails.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy
#     description: "Kubernetes documentation: the backoff limit of a Job"
# custom:
#   summary: A Job with restartPolicy Never leaves seven failed pods or more.
#   severity: info
#   category: jobs
#   confidence: low
#   profile: strict
#   kinds: [Job, CronJob]
#   since: "0.1"
#   computed: |
#     `restartPolicy` is `Never` and `backoffLimit` is 6, its default, or more: one pod more than that has failed
#     when the Job does.
package rollcast.rules["job-leaves-failed-pods"]

findings contains {
	"at": input.run.id,
	"path": ["backoffLimit"],
	"message": sprintf("a Job that fails leaves %d pods, because each attempt is a new one (restartPolicy Never, backoffLimit %d); use OnFailure, or lower backoffLimit to 2", [input.run.backoffLimit + 1, input.run.backoffLimit]),
} if {
	input.pod.restartPolicy == "Never"
	input.run.backoffLimit >= 6
}
