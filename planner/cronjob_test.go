package planner_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/rollcast/rollcast/planner"
)

func TestCronJobTraces(t *testing.T) { replayFile(t, planner.CronJob, "cronjob.txt") }

// every is a schedule with a slot at each multiple of a duration.
func every(d time.Duration) func(time.Time) time.Time {
	return func(after time.Time) time.Time { return after.Truncate(d).Add(d) }
}

// TestCronJobs shows the next five runs against the time that a Job takes.
func TestCronJobs(t *testing.T) {
	zero, minute := int64(0), int64(60)
	for _, tc := range []struct {
		name     string
		takes    time.Duration
		policy   planner.ConcurrencyPolicy
		deadline *int64
		want     string
		outcome  planner.Outcome
	}{
		{"quick", time.Minute, planner.ForbidConcurrent, nil, "10:05 10:10 10:15 10:20 10:25", planner.Complete},
		{"Allow overlaps", 7 * time.Minute, planner.AllowConcurrent, nil, "10:05 10:10 10:15 10:20 10:25", planner.Complete},
		{"Forbid is late and drops a slot", 8 * time.Minute, planner.ForbidConcurrent, nil, "10:05 10:10@10:13 10:15 skipped 10:20@10:21 10:25@10:29 10:30 skipped 10:35@10:37", planner.Complete},
		{"Forbid, too late", 8 * time.Minute, planner.ForbidConcurrent, &minute, "10:05 10:10 skipped 10:15 10:20 skipped 10:25 10:30 skipped 10:35 10:40 skipped 10:45", planner.Complete},
		{"Replace", 7 * time.Minute, planner.ReplaceConcurrent, nil, "10:05 replaced 10:10 replaced 10:15 replaced 10:20 replaced 10:25", planner.Complete},
		{"never in time", time.Minute, planner.AllowConcurrent, &zero, "", planner.Nothing},
		{"for ever", 0, planner.ForbidConcurrent, nil, "10:05", planner.Complete},
	} {
		spec := planner.Spec{Kind: planner.CronJob, Cron: &planner.CronSpec{
			Next: every(5 * time.Minute), Concurrency: tc.policy, StartingDeadlineSeconds: tc.deadline, Takes: &tc.takes,
			SuccessfulJobsHistoryLimit: 3, FailedJobsHistoryLimit: 1,
		}}
		began := time.Now()
		p, err := planner.Simulate(spec, spec.DefaultScenario())
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, r := range p.Runs {
			got += " " + r.Scheduled.Format("15:04")
			if r.Started != nil && !r.Started.Equal(r.Scheduled) {
				got += "@" + r.Started.Format("15:04")
			}
			if r.Outcome == planner.RunSkipped || r.Outcome == planner.RunReplaced {
				got += " " + r.Outcome
			}
		}
		if got != "" {
			got = got[1:]
		}
		if got != tc.want || p.Outcome != tc.outcome || time.Since(began) > time.Second {
			t.Errorf("%s: %s %s in %v\nwant %s %s", tc.name, p.Outcome, got, time.Since(began), tc.outcome, tc.want)
		}
	}
}

// TestCronJobHostile: a hundred years of a run each second are bounded.
func TestCronJobHostile(t *testing.T) {
	takes := time.Second
	for _, next := range []func(time.Time) time.Time{
		every(time.Second),
		func(time.Time) time.Time { return time.Time{} },
		func(after time.Time) time.Time { return after }, // no schedule does that
	} {
		spec := planner.Spec{Kind: planner.CronJob, Cron: &planner.CronSpec{Next: next, Concurrency: planner.AllowConcurrent, Takes: &takes}}
		began := time.Now()
		_, err := planner.Simulate(spec, planner.Scenario{Events: []planner.Event{
			{Type: planner.EventCreate}, {Type: planner.EventWait, Wait: 100 * 365 * 24 * time.Hour},
		}})
		if err != nil || time.Since(began) > 5*time.Second {
			t.Errorf("%v in %v", err, time.Since(began))
		}
	}
}

func ExampleSimulate_cronJob() {
	takes := 7 * time.Minute
	spec := planner.Spec{Kind: planner.CronJob, Cron: &planner.CronSpec{
		Next:        func(after time.Time) time.Time { return after.Truncate(5 * time.Minute).Add(5 * time.Minute) },
		Concurrency: planner.ForbidConcurrent, Takes: &takes, SuccessfulJobsHistoryLimit: 3,
	}}
	plan, err := planner.Simulate(spec, spec.DefaultScenario())
	if err != nil {
		panic(err)
	}
	for _, s := range plan.Steps[2:5] {
		fmt.Println(s.Why)
	}
	// Output:
	// the slot of 2026-01-05T10:05:00Z starts
	// the slot of 2026-01-05T10:10:00Z starts 2m late, because a Job before it ended only then
	// the slot of 2026-01-05T10:15:00Z starts 4m late, because a Job before it ended only then
}

func BenchmarkCronJob(b *testing.B) {
	takes := time.Minute
	spec := planner.Spec{Kind: planner.CronJob, Cron: &planner.CronSpec{Next: every(5 * time.Minute), Concurrency: planner.ForbidConcurrent, Takes: &takes}}
	for b.Loop() {
		if _, err := planner.Simulate(spec, spec.DefaultScenario()); err != nil {
			b.Fatal(err)
		}
	}
}
