package planner

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestObserve: what was seen takes the place of schedule, pull, and all that
// lies between the first container and a ready pod: init containers, probes
// and readiness gates.
func TestObserve(t *testing.T) {
	const s = time.Second
	pod := Pod{
		Init:                          []Container{{Name: "migrate"}},
		Containers:                    []Container{{Name: "web", Readiness: &Probe{InitialDelaySeconds: 11, PeriodSeconds: 20, SuccessThreshold: 1, FailureThreshold: 3}}},
		ReadinessGates:                []string{"example.com/lb"},
		TerminationGracePeriodSeconds: 30,
	}
	spec := Spec{Kind: Deployment, Replicas: 1, Strategy: Strategy{Type: RollingUpdate, MaxSurge: Count(1)}, ProgressDeadlineSeconds: 600, RevisionHistoryLimit: 10, Pod: pod}
	sc := spec.DefaultScenario()
	sc.Assumptions = sc.Assumptions.Observe(pod, Observed{
		Schedule: &Observation{Pods: 4, Took: Span{Min: 1 * s, Max: 2 * s}},
		Pull:     &Observation{Pods: 1, Took: Span{Min: 5 * s, Max: 5 * s}},
		Ready:    &Observation{Pods: 3, Took: Span{Min: 12 * s, Max: 40 * s}},
	})
	p, err := Simulate(spec, sc)
	if err != nil {
		t.Fatal(err)
	}
	most := 47.0 // 2 + 5 + 40
	if diff := cmp.Diff(&Seconds{Min: 18, Max: &most}, p.DurationSeconds); diff != "" {
		t.Errorf("1+5+12 to 2+5+40 s (-want +got):\n%s", diff)
	}
	want := []string{
		"observed of 4 pods: a pod is scheduled within 1s..2s, where 0s..1s was assumed, up to 1s too short",
		"observed of 1 pod: its images are pulled within 5s, where 0s..20s was assumed, at its end 15s too long",
		"observed of 3 pods: it is ready 12s..40s after its first container has started, where ≥31s was assumed, which bounds nothing",
		"a deleted pod is gone after 0s..30s",
		"a probe answers at once, somewhere within its period",
		"pods that are created together behave alike",
	}
	if diff := cmp.Diff(want, p.Assumptions); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestObserveJob: how long the pods of a Job ran.
func TestObserveJob(t *testing.T) {
	five := int32(5)
	spec := Spec{Kind: Job, Job: &JobSpec{Completions: &five, Parallelism: 2, BackoffLimit: 6}, Pod: Pod{Init: []Container{{Name: "wait"}}, Containers: []Container{{Name: "run"}}}}
	sc := spec.DefaultScenario()
	sc.Assumptions = Assumptions{ByProbes: true}.Observe(spec.Pod, Observed{Run: &Observation{Pods: 9, Took: Span{Min: time.Minute, Max: 2 * time.Minute}}})
	p, err := Simulate(spec, sc)
	if err != nil {
		t.Fatal(err)
	}
	most := 360.0 // three times two minutes
	if diff := cmp.Diff(&Seconds{Min: 180, Max: &most}, p.DurationSeconds); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestObserveBroken: a port that leads nowhere is never ready, whatever past
// pods were.
func TestObserveBroken(t *testing.T) {
	pod := Pod{Containers: []Container{{Name: "web", Readiness: &Probe{PeriodSeconds: 10, SuccessThreshold: 1, FailureThreshold: 3, Unresolvable: true}}}}
	a := DefaultAssumptions(pod).Observe(pod, Observed{Ready: &Observation{Pods: 3, Took: Span{Min: 1, Max: 2}}})
	if at, _ := a.readyAfter(pod, longest); at < never {
		t.Errorf("ready after %v", at)
	}
}

func TestMiss(t *testing.T) {
	const s = time.Second
	for _, tc := range []struct {
		assumed, took Span
		want          string
	}{
		{Span{Max: 20 * s}, Span{Min: 12 * s, Max: 31 * s}, "0s..20s was assumed, up to 11s too short"},
		{Span{Min: 10 * s, Max: 20 * s}, Span{Min: 4 * s, Max: 15 * s}, "10s..20s was assumed, up to 6s too long"},
		{Span{Max: 20 * s}, Span{Max: 15 * s}, "0s..20s was assumed, at its end 5s too long"},
		{Span{Max: 20 * s}, Span{Max: 20 * s}, "0s..20s was assumed, which was right"},
		{Span{Max: 10 * s, Open: true}, Span{Max: 15 * s}, "≥10s was assumed, which bounds nothing"},
	} {
		o := &Observation{Pods: 1, Assumed: tc.assumed, Took: tc.took}
		if got := o.miss(); got != tc.want {
			t.Errorf("%v, %v: %s, want %s", tc.assumed, tc.took, got, tc.want)
		}
	}
}
