# METADATA
# title: runs of a CronJob may pile up
# description: |
#   `concurrencyPolicy` is `Allow` by default: the next run starts although the last has not
#   ended. Where one hangs, a pod is added at every slot until the nodes or the quota are full.
#   `Forbid` skips a slot while a run is active, and `activeDeadlineSeconds` ends one that
#   hangs.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
#     description: "Kubernetes documentation: CronJobs"
# custom:
#   summary: Nothing keeps the runs of a CronJob from running side by side without end.
#   severity: info
#   category: jobs
#   confidence: medium
#   profile: strict
#   kinds: [CronJob]
#   since: "0.1"
#   computed: |
#     The manifest does not write `concurrencyPolicy`, and the Jobs have no
#     `activeDeadlineSeconds`. A written `Allow` is taken as a decision.
package rollcast.rules["cronjob-runs-pile-up"]

findings contains {
	"at": input.id,
	"path": ["spec"],
	"message": "a run that hangs is joined by another at every slot, without end; set concurrencyPolicy: Forbid, or activeDeadlineSeconds on the Job",
} if {
	not input.timetable.policyDeclared
	not input.run.activeDeadlineSeconds
}
