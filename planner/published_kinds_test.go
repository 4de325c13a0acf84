package planner_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/rollcast/rollcast/internal/schedule"
	"github.com/rollcast/rollcast/planner"
)

// deploymentOf is a Deployment with 25 % and 25 %.
func deploymentOf(replicas int32) planner.Spec {
	return planner.Spec{
		Kind: planner.Deployment, Replicas: replicas,
		Strategy:                planner.Strategy{Type: planner.RollingUpdate, MaxSurge: planner.Percent(25), MaxUnavailable: planner.Percent(25)},
		ProgressDeadlineSeconds: 600, RevisionHistoryLimit: 10,
	}
}

func played(t *testing.T, spec planner.Spec, sc planner.Scenario) planner.Plan {
	t.Helper()
	p, err := planner.Simulate(spec, sc)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// F50: a ReplicaSet's new template replaces nothing.
func TestPublishedReplicaSet(t *testing.T) {
	spec := planner.Spec{Kind: planner.ReplicaSet, Replicas: 3}
	p := played(t, spec, spec.DefaultScenario())
	if last := p.Steps[len(p.Steps)-1]; p.Outcome != planner.Nothing || last.Why != "3 pods of the old version: only pods that are created later have the new one" || last.Available != 3 {
		t.Errorf("%s, %+v", p.Outcome, last)
	}
}

// F62: minReadySeconds 30, readiness after 11 s each 20 s. The event log has
// 50 s between its scale events; with nothing else taking time it is 41 to 61.
func TestPublishedEventLog(t *testing.T) {
	spec := deploymentOf(1)
	spec.MinReadySeconds = 30
	spec.Pod.Containers = []planner.Container{{Readiness: &planner.Probe{InitialDelaySeconds: 11, PeriodSeconds: 20, TimeoutSeconds: 1, SuccessThreshold: 1, FailureThreshold: 3}}}
	p := played(t, spec, planner.Scenario{Events: spec.DefaultScenario().Events})
	if d := p.DurationSeconds; p.Outcome != planner.Complete || d.Min != 41 || *d.Max != 61 {
		t.Errorf("%s after %v to %v s", p.Outcome, d.Min, *d.Max)
	}
}

// F63: pods that are 50, 33 and 15 s old, one old one left: 3 replicas with
// surge 1 and unavailable 0, and a start of about 17 s. F64: 5 pods exist then.
func TestPublishedWaves(t *testing.T) {
	spec := deploymentOf(3)
	spec.Pod.TerminationGracePeriodSeconds = 30
	start := planner.Span{Min: 17 * time.Second, Max: 17 * time.Second}
	spec.Pod.Containers = []planner.Container{{Readiness: &planner.Probe{PeriodSeconds: 1, TimeoutSeconds: 1, SuccessThreshold: 1, FailureThreshold: 3}}}
	p := played(t, spec, planner.Scenario{
		Assumptions: planner.Assumptions{Startup: start, Shutdown: planner.Span{Min: 5 * time.Second, Max: 30 * time.Second}},
		Events:      spec.DefaultScenario().Events,
	})
	var waves []string
	for _, s := range p.Steps[1:] {
		waves = append(waves, fmt.Sprintf("%v..%v", s.Seconds.Min, *s.Seconds.Max))
	}
	if got := strings.Join(waves, " "); got != "0..0 17..18 34..36 51..54" || p.PeakPods != 4 || p.MinAvailable != 3 {
		t.Errorf("%s, %d pods, %d available", got, p.PeakPods, p.MinAvailable)
	}
}

// F66: ten old ReplicaSets are kept beside the current one.
func TestPublishedHistory(t *testing.T) {
	events := []planner.Event{}
	for range 11 { // revisions 2 to 12
		events = append(events, planner.Event{Type: planner.EventUpdate}, planner.Event{Type: planner.EventRun, Rounds: planner.RunToEnd})
	}
	undo := func(to int) error {
		_, err := planner.Simulate(deploymentOf(3), planner.Scenario{Readiness: planner.Together, Events: append(events, planner.Event{Type: planner.EventUndo, To: to})})
		return err
	}
	if err := undo(2); err != nil {
		t.Error(err)
	}
	if err := undo(1); err == nil || !strings.Contains(err.Error(), "there is no revision 1 to go back to, only 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12") {
		t.Error(err)
	}
}

// F70: nobody can stop a rollout at a share of his choice; two Deployments
// can have any that is a fraction of the pods.
func TestPublishedCanary(t *testing.T) {
	for _, tc := range []struct {
		replicas int32
		percent  float64
		want     string
	}{
		{10, 20, "pause at step 3: 6+2; two Deployments: 8+2"},
		{3, 20, "pause at step 2: 2+1; two Deployments: 2+1"},
		{3, 5, "pause at step 0: 3+0; two Deployments: 2+1"},
		{100, 2, "pause at step 3: 73+2; two Deployments: 98+2"},
		{49, 2, "pause at step 2: 36+1; two Deployments: 48+1"},
	} {
		at, err := planner.PauseNear(deploymentOf(tc.replicas), tc.percent)
		if err != nil {
			t.Fatal(err)
		}
		two := planner.SplitCanary(tc.replicas, tc.percent)
		if got := fmt.Sprintf("pause at step %d: %d+%d; two Deployments: %d+%d", at.Step, at.Stable, at.Canary, two.Stable, two.Canary); got != tc.want {
			t.Errorf("%d replicas, %v %%:\n got %s\nwant %s", tc.replicas, tc.percent, got, tc.want)
		}
	}
}

// F106: 3 brokers without probes take three times terminate and start.
func TestPublishedQuorum(t *testing.T) {
	spec := planner.Spec{Kind: planner.StatefulSet, Replicas: 3, Strategy: planner.Strategy{Type: planner.RollingUpdate}, RevisionHistoryLimit: 10}
	spec.Pod = planner.Pod{TerminationGracePeriodSeconds: 30, Containers: []planner.Container{{Name: "kafka"}}}
	ten := planner.Span{Min: 10 * time.Second, Max: 10 * time.Second}
	p := played(t, spec, planner.Scenario{Assumptions: planner.Assumptions{Pull: ten, Shutdown: ten}, Termination: planner.TerminateNext, Events: spec.DefaultScenario().Events})
	if d := p.DurationSeconds; d.Min != 60 || *d.Max != 60 || p.MinAvailable != 2 || p.Outcome != planner.Complete {
		t.Errorf("%s after %v to %v s, %d available", p.Outcome, d.Min, *d.Max, p.MinAvailable)
	}
}

// F111, F112: 55 nodes, 10 at a time, readiness after 11 s each 20 s and
// minReadySeconds 30: 6 waves of 41 to 61 s.
func TestPublishedNodes(t *testing.T) {
	spec := daemonSet(55, planner.Count(10), planner.Count(0))
	spec.MinReadySeconds = 30
	spec.Pod.Containers[0].Readiness = &planner.Probe{InitialDelaySeconds: 11, PeriodSeconds: 20, TimeoutSeconds: 1, SuccessThreshold: 1, FailureThreshold: 3}
	p := played(t, spec, planner.Scenario{Events: spec.DefaultScenario().Events})
	if d := p.DurationSeconds; d.Min != 6*41 || *d.Max != 6*61 || p.MinAvailable != 45 {
		t.Errorf("%v to %v s, %d available", d.Min, *d.Max, p.MinAvailable)
	}
}

// F120: completions 5 and parallelism 2 run as 2, 2 and 1. F122: backoffLimit 3
// is 4 failures, 10, 20 and 40 s apart.
func TestPublishedJobs(t *testing.T) {
	spec := jobOf(5, 2)
	sc := spec.DefaultScenario()
	sc.Readiness = planner.Together
	var active []int64
	for _, s := range played(t, spec, sc).Steps[1:] {
		active = append(active, s.Active)
	}
	if got := fmt.Sprint(active); got != "[2 2 1 0]" {
		t.Errorf("active %s", got)
	}

	spec = jobOf(1, 1)
	spec.Job.BackoffLimit = 3
	events := []planner.Event{{Type: planner.EventCreate}, {Type: planner.EventFail, Pods: 1}}
	for _, wait := range []time.Duration{10, 20, 40} {
		events = append(events, planner.Event{Type: planner.EventWait, Wait: (wait - 1) * time.Second})
		if last := lastOf(played(t, spec, planner.Scenario{Readiness: planner.Manual, Events: events})); last.Active != 0 || last.Phase != "" {
			t.Errorf("a pod %d s after the failure: %+v", wait-1, last.JobStatus)
		}
		events = append(events, planner.Event{Type: planner.EventWait, Wait: time.Second})
		if last := lastOf(played(t, spec, planner.Scenario{Readiness: planner.Manual, Events: events})); last.Active != 1 {
			t.Errorf("no pod %d s after the failure: %+v", wait, last.JobStatus)
		}
		events = append(events, planner.Event{Type: planner.EventFail, Pods: 1})
	}
	if last := lastOf(played(t, spec, planner.Scenario{Readiness: planner.Manual, Events: events})); last.Phase != "Failed" || last.Failed != 4 || last.Reason != "BackoffLimitExceeded" {
		t.Errorf("after the fourth failure: %+v", last.JobStatus)
	}
}

func lastOf(p planner.Plan) planner.Step { return p.Steps[len(p.Steps)-1] }

// F123: the next runs of two schedules. F124: what a run does that is not over
// when the next one is due.
func TestPublishedCronJobs(t *testing.T) {
	for _, tc := range []struct {
		schedule string
		takes    time.Duration
		policy   planner.ConcurrencyPolicy
		want     string
	}{
		{"*/3 * * * *", 10 * time.Second, planner.ReplaceConcurrent, "10:03 10:06 10:09 10:12 10:15"},
		{"0 0 * * *", 10 * time.Second, planner.AllowConcurrent, "00:00 00:00 00:00 00:00 00:00"},
		{"*/3 * * * *", 4 * time.Minute, planner.ReplaceConcurrent, "10:03 replaced 10:06 replaced 10:09 replaced 10:12 replaced 10:15"},
		{"*/3 * * * *", 4 * time.Minute, planner.AllowConcurrent, "10:03 10:06 10:09 10:12 10:15"},
		{"*/3 * * * *", 4 * time.Minute, planner.ForbidConcurrent, "10:03 10:06@10:07 10:09@10:11 10:12 skipped 10:15 10:18@10:19"},
	} {
		next, err := schedule.Parse(tc.schedule, "")
		if err != nil {
			t.Fatal(err)
		}
		spec := planner.Spec{Kind: planner.CronJob, Cron: &planner.CronSpec{Next: next, Concurrency: tc.policy, Takes: &tc.takes, SuccessfulJobsHistoryLimit: 3, FailedJobsHistoryLimit: 1}}
		var runs []string
		for _, r := range played(t, spec, spec.DefaultScenario()).Runs {
			runs = append(runs, r.Scheduled.Format("15:04"))
			if r.Started != nil && !r.Started.Equal(r.Scheduled) {
				runs[len(runs)-1] += r.Started.Format("@15:04")
			}
			if r.Outcome == planner.RunSkipped || r.Outcome == planner.RunReplaced {
				runs = append(runs, r.Outcome)
			}
		}
		if got := strings.Join(runs, " "); got != tc.want {
			t.Errorf("%s, %s, %v:\n got %s\nwant %s", tc.schedule, tc.policy, tc.takes, got, tc.want)
		}
	}
}

// F54, F55: what limits resolve to, and that none may be 0 as written.
func TestPublishedLimits(t *testing.T) {
	for _, tc := range []struct {
		replicas, surge, unavailable int32
		strategy                     planner.Strategy
	}{
		{10, 3, 2, planner.Strategy{Type: planner.RollingUpdate, MaxSurge: planner.Percent(25), MaxUnavailable: planner.Percent(25)}},
		{10, 0, 1, planner.Strategy{Type: planner.RollingUpdate, MaxSurge: planner.Percent(0), MaxUnavailable: planner.Percent(5)}},
		{math.MaxInt32, 1, 0, planner.Strategy{Type: planner.RollingUpdate, MaxSurge: planner.Count(1), MaxUnavailable: planner.Count(0)}},
	} {
		if s, u := tc.strategy.Resolve(tc.replicas); s != tc.surge || u != tc.unavailable {
			t.Errorf("%+v of %d: %d and %d", tc.strategy, tc.replicas, s, u)
		}
	}
	spec := deploymentOf(3)
	spec.Strategy.MaxSurge, spec.Strategy.MaxUnavailable = planner.Percent(0), planner.Count(0)
	if err := spec.CheckLimits(); err == nil || err.Error() != "maxSurge and maxUnavailable cannot both be 0" {
		t.Error(err)
	}
}
