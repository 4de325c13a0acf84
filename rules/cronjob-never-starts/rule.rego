# METADATA
# title: a CronJob that may never be late never starts
# description: |
#   `startingDeadlineSeconds` says how late a run may start. The controller notices a slot a
#   moment after it has come, so that with 0 every run is too late: the CronJob is accepted,
#   shows its schedule, and never makes a Job.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
#     description: "Kubernetes documentation: CronJobs"
#   - ref: https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/controller/cronjob/cronjob_controllerv2.go
#     description: "Kubernetes source: the CronJob controller"
# custom:
#   summary: startingDeadlineSeconds is 0, which every run misses.
#   severity: warning
#   category: jobs
#   confidence: high
#   profile: recommended
#   kinds: [CronJob]
#   since: "0.1"
#   computed: |
#     `startingDeadlineSeconds` is written as 0. The controller wakes about 100 ms after each
#     slot.
package rollcast.rules["cronjob-never-starts"]

findings contains {
	"at": input.id,
	"path": ["spec", "startingDeadlineSeconds"],
	"message": "a run that may be 0 s late is always too late, because the controller wakes just after the time; set startingDeadlineSeconds to 60, or remove it",
	"fix": {"ops": [{"op": "set", "path": ["spec", "startingDeadlineSeconds"], "value": 60}]},
} if {
	input.timetable.startingDeadlineSeconds == 0
}
