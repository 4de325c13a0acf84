# METADATA
# title: one run that hangs stops all later ones
# description: |
#   With `concurrencyPolicy: Forbid` a run starts only when the one before has ended. Without
#   `activeDeadlineSeconds` a run that hangs, in a query or on a lock, never ends, and the
#   CronJob stands still until somebody deletes the Job.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
#     description: "Kubernetes documentation: CronJob"
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup
#     description: "Kubernetes documentation: Job termination"
# custom:
#   summary: A CronJob forbids concurrent runs, and nothing ends a run that hangs.
#   severity: warning
#   category: jobs
#   confidence: medium
#   profile: strict
#   kinds: [CronJob]
#   since: "0.1"
#   computed: |
#     concurrencyPolicy is Forbid and the Job's activeDeadlineSeconds is absent, its pod's too.
package rollcast.rules["cronjob-hang-blocks-runs"]

findings contains {
	"path": ["spec", "concurrencyPolicy"],
	"message": "a run that hangs stops all later ones, because none may start beside it and nothing ends it; set activeDeadlineSeconds in the jobTemplate's spec",
} if {
	input.timetable.concurrencyPolicy == "Forbid"
	not input.run.activeDeadlineSeconds
}
