package random

import (
	"math/rand/v2"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/planner"
)

// schedules of which something is due within an hour or two of 10:00.
var schedules = []string{
	"*/5_*_*_*_*", "*/5_*_*_*_*", "*/10_*_*_*_*", "*/7_*_*_*_*", "0,3,30_*_*_*_*", "*_*_*_*_*", "15_*_*_*_*", "30_11_*_*_*", "1-59/20_*_*_*_*",
}

// CronJob makes up a scenario for a CronJob, of a few hours at most.
func CronJob(r *rand.Rand) (trace.Text, error) {
	c := &cronJob{script: newScript(r, planner.CronJob)}
	spec := &c.text.Spec
	spec.Add("schedule", pick(r, schedules...))
	if r.IntN(5) == 0 {
		spec.Add("timeZone", pick(r, "Europe/Berlin", "Asia/Kolkata", "America/New_York", "Etc/UTC"))
	}
	spec.Add("concurrencyPolicy", pick(r, planner.AllowConcurrent, planner.ForbidConcurrent, planner.ReplaceConcurrent))
	if r.IntN(3) == 0 {
		spec.Add("startingDeadlineSeconds", pick(r, 10, 60, 90, 180, 400))
	}
	if r.IntN(10) == 0 {
		spec.Add("suspend", true)
	}
	if r.IntN(3) == 0 {
		spec.Add("successfulJobsHistoryLimit", r.IntN(3))
	}
	if r.IntN(4) == 0 {
		spec.Add("failedJobsHistoryLimit", r.IntN(3))
	}
	spec.Add("at", pick(r, "2026-01-05T10:00:00Z", "2026-01-05T10:02:30Z", "2026-01-05T23:40:10Z"))
	spec.Add("jobTime", pick(r, jobTimes...))
	if r.IntN(4) == 0 {
		spec.Add("jobsFail", true)
	}
	c.text.Scenario.Add("readiness", planner.Manual)
	c.text.Acts = []trace.Act{event(planner.EventCreate)}
	return c.grow(2+r.IntN(9), c.act)
}

// jobTimes are of no whole multiple of a minute where a Job would otherwise
// end in the instant of a slot, in which the two race; 0s is for ever.
var jobTimes = []string{"0s", "20s", "50s", "1m30s", "2m10s", "6m10s", "7m30s", "11m20s", "23m40s"}

type cronJob struct {
	script
}

// act makes up an event.
func (c *cronJob) act(planner.Step) (trace.Act, bool) {
	switch n := c.r.IntN(100); {
	case n < 75:
		return event(planner.EventWait, "time", pick(c.r, "10s", "1m", "2m30s", "5m", "11m", "17m20s", "35m", "1h3m")), true
	case n < 88:
		return event(planner.EventEdit, "suspend", c.r.IntN(2) == 0), true
	case n < 95:
		return event(planner.EventEdit, "jobTime", pick(c.r, jobTimes...)), true
	default:
		return event(planner.EventEdit, "schedule", pick(c.r, schedules...)), true
	}
}
