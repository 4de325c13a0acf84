# METADATA
# title: a schedule that is never due
# description: |
#   A cron schedule is accepted as long as each of its fields can be read. The 31st of February,
#   or of April, can be read and never comes: the CronJob never starts a Job, and nothing says
#   so.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
#     description: "Kubernetes documentation: CronJob"
# custom:
#   summary: The schedule of a CronJob names a day that none of its months has.
#   severity: error
#   category: jobs
#   confidence: high
#   profile: recommended
#   kinds: [CronJob]
#   since: "0.1"
#   computed: |
#     The day of the month is a single number, the month a single number or a list of them, the
#     day of the week is `*` or `?`, and no month has that day; the 29th of February comes.
package rollcast.rules["cronjob-schedule-never-due"]

findings contains {
	"path": ["spec", "schedule"],
	"message": sprintf("schedule %q is never due: no month of it has a day %s", [input.timetable.schedule, day]),
} if {
	fields := split(trim_space(regex.replace(input.timetable.schedule, `\s+`, " ")), " ")
	[_, _, day, months, weekday] := fields
	weekday in {"*", "?"}
	regex.match(`^(30|31)$`, day)
	every month in split(months, ",") {
		to_number(day) > lengths[month]
	}
}

lengths := {"2": 29, "02": 29, "4": 30, "04": 30, "6": 30, "06": 30, "9": 30, "09": 30, "11": 30}
