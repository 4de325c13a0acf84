package planner

import (
	"strings"
	"testing"
	"time"
)

// TestJobGoesWrong: what a bad image does, and pods that fail as soon as they
// run, in both restart policies.
func TestJobGoesWrong(t *testing.T) {
	deadline := int64(600)
	for _, tc := range []struct {
		about        string
		spec         JobSpec
		waiting      int64
		noticed      int64
		image        Outcome
		failed, gone int64 // pods, and seconds until the Job gives up
	}{
		{"nothing ends it", JobSpec{Parallelism: 1, BackoffLimit: 6}, 1, 0, Stalled, 7, 630},
		{"the deadline ends both: failures at 0, 10, 30, 70, 150, 310", JobSpec{Parallelism: 1, BackoffLimit: 6, ActiveDeadlineSeconds: &deadline}, 1, 600, Failed, 6, 600},
		{"3 of 5 at a time", JobSpec{Parallelism: 3, BackoffLimit: 6}, 3, 0, Stalled, 9, 360}, // 3, 6, 9 failed: 40 + 320
		{"restarts: 0+10+20+40+80+160", JobSpec{Parallelism: 1, BackoffLimit: 6, RestartInPlace: true}, 1, 0, Stalled, 1, 310},
		{"restarts of 3 pods: 0+10", JobSpec{Parallelism: 3, BackoffLimit: 6, RestartInPlace: true}, 3, 0, Stalled, 3, 10},
		{"the first restart is one too many", JobSpec{Parallelism: 1, BackoffLimit: 0, RestartInPlace: true}, 1, 0, Stalled, 1, 0},
		{"8 restarts: 310+300+300", JobSpec{Parallelism: 1, BackoffLimit: 8, RestartInPlace: true}, 1, 0, Stalled, 1, 910},
	} {
		five := int32(5)
		tc.spec.Completions = &five
		spec := Spec{Kind: Job, Job: &tc.spec}
		p, err := Simulate(spec, spec.DefaultScenario())
		if err != nil {
			t.Fatal(err)
		}
		b := p.IfBad
		if b == nil || b.Image == nil {
			t.Fatalf("%s: nothing goes wrong", tc.about)
		}
		if b.Image.WaitingPods != tc.waiting || b.Image.DetectedAfterSeconds != tc.noticed || b.Image.Outcome != tc.image || b.FailedPods != tc.failed || b.DetectedAfterSeconds != tc.gone {
			t.Errorf("%s: %+v, and with a bad image %+v", tc.about, *b, *b.Image)
		}
	}
	for _, spec := range []JobSpec{{Parallelism: 0}, {Parallelism: 1, Suspend: true}} {
		spec := Spec{Kind: Job, Job: &spec}
		if p, err := Simulate(spec, spec.DefaultScenario()); err != nil || p.IfBad != nil {
			t.Errorf("a Job without pods goes wrong: %+v (%v)", p.IfBad, err)
		}
	}
}

// TestCronJobGoesWrong: what one bad image does to the runs that follow.
func TestCronJobGoesWrong(t *testing.T) {
	deadline := int64(90)
	for _, tc := range []struct {
		policy   ConcurrencyPolicy
		deadline *int64
		want     string
	}{
		{ForbidConcurrent, nil, "no other run ever starts"},
		{ForbidConcurrent, &deadline, "no other run starts until activeDeadlineSeconds ends the Job after 90 s"},
		{ReplaceConcurrent, nil, "each slot replaces the Job before it: none of them runs"},
		{ReplaceConcurrent, &deadline, "each slot replaces the Job before it, which fails if it lasts for activeDeadlineSeconds 90 s"},
		{AllowConcurrent, nil, "each slot adds a Job that nothing ends"},
		{AllowConcurrent, &deadline, "activeDeadlineSeconds ends each Job after 90 s"},
	} {
		one := int32(1)
		spec := Spec{
			Kind: CronJob, Job: &JobSpec{Completions: &one, Parallelism: 1, BackoffLimit: 6, ActiveDeadlineSeconds: tc.deadline},
			Cron: &CronSpec{Next: func(after time.Time) time.Time { return after.Truncate(time.Hour).Add(time.Hour) }, Concurrency: tc.policy},
		}
		p, err := Simulate(spec, spec.DefaultScenario())
		if err != nil {
			t.Fatal(err)
		}
		if p.IfBad == nil || !strings.Contains(p.IfBad.Image.Why, tc.want) {
			t.Errorf("%s: %+v\nwant %s", tc.policy, p.IfBad, tc.want)
		}
	}
}

// TestClockChanges: the nights of a year in which slots vanish or come twice.
func TestClockChanges(t *testing.T) {
	from := time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)
	for zone, want := range map[string]string{
		"Europe/Berlin": "on 2026-03-29 clocks in Europe/Berlin go from 02:00 to 03:00: slots in between do not exist; " +
			"on 2026-10-25 clocks in Europe/Berlin go from 03:00 back to 02:00: slots in between come twice",
		"Australia/Lord_Howe": "on 2026-04-05 clocks in Australia/Lord_Howe go from 02:00 back to 01:30: slots in between come twice; " +
			"on 2026-10-04 clocks in Australia/Lord_Howe go from 02:00 to 02:30: slots in between do not exist",
		"Asia/Kolkata": "", "": "", "Mars/Olympus": "",
	} {
		s := CronSpec{TimeZone: zone}
		if got := strings.Join(s.clockChanges(from, from.AddDate(1, 0, 0)), "; "); got != want {
			t.Errorf("%s: %s\nwant %s", zone, got, want)
		}
	}
}
