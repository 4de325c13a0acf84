package planner

import (
	"encoding/json"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// kindStory makes up a workload of any kind but a Deployment, and what happens
// to it. Events that are refused are left out.
func kindStory(data []byte) (Spec, Scenario) {
	s := &story{data: data}
	n := int32(s.next(9))
	spec := Spec{
		Kind:     []Kind{StatefulSet, DaemonSet, Job, CronJob, ReplicaSet, ReplicationController, BarePod}[s.next(7)],
		Replicas: n, MinReadySeconds: int32(s.next(3) * 10), RevisionHistoryLimit: int32(s.next(4)),
		Strategy: Strategy{Type: []StrategyType{RollingUpdate, RollingUpdate, OnDelete}[s.next(3)]},
		Pod:      pod(Container{Name: "web", Readiness: probe(int32(s.next(3)*5), int32(1+s.next(10)), 1, 3)}),
	}
	create := update
	switch spec.Kind {
	case StatefulSet:
		spec.Set = SetSpec{Name: "web", Parallel: s.next(2) == 0, Start: int32(s.next(3)), MaxUnavailableWorks: s.next(2) == 0}
		spec.Strategy.MaxUnavailable = Count(int32(1 + s.next(3)))
	case DaemonSet:
		if spec.Strategy.MaxUnavailable = Count(int32(1 + s.next(3))); s.next(2) == 0 {
			spec.Strategy.MaxUnavailable, spec.Strategy.MaxSurge = Count(0), spec.Strategy.MaxUnavailable
		}
	case Job:
		spec.Job = &JobSpec{Completions: ptr(n), Parallelism: int32(s.next(5)), BackoffLimit: int32(s.next(5)), Indexed: s.next(2) == 0}
		create.Type = EventCreate
	case CronJob:
		takes := time.Duration(s.next(12)) * time.Minute
		spec.Cron = &CronSpec{
			Next:        func(after time.Time) time.Time { return after.Truncate(5 * time.Minute).Add(5 * time.Minute) },
			Concurrency: []ConcurrencyPolicy{AllowConcurrent, ForbidConcurrent, ReplaceConcurrent}[s.next(3)], Takes: &takes,
		}
		create.Type = EventCreate
	}
	sc := Scenario{
		Readiness:   []Readiness{Together, OneByOne, Never, Manual, Timed}[s.next(5)],
		Termination: []Termination{TerminateInstant, TerminateNext, TerminateManual}[s.next(3)],
		Assumptions: Assumptions{Pull: span(0, s.next(20)), Startup: span(s.next(5), 5), Shutdown: span(0, s.next(30))},
		Events:      []Event{create},
	}
	if _, err := Simulate(spec, sc); err != nil {
		sc.Events = nil
	}
	for len(s.data) > 0 && len(sc.Events) < 10 {
		n := int32(1 + s.next(4))
		e := []Event{
			update, ready(1+s.next(3), n), sick(1+s.next(3), n), remove(1+s.next(3), n), scale(n * 2), undo, undoTo(1 + s.next(3)),
			{Type: EventTerminated}, {Type: EventWait, Wait: time.Duration(n) * time.Minute}, rounds(int(n)), {Type: EventNode, Down: 1}, {Type: EventNode, Up: 1},
			{Type: EventFinish, Pods: n}, {Type: EventFail, Pods: n}, {Type: EventReady, Pods: n}, edit(Edit{MinReadySeconds: &n}), edit(Edit{Partition: &n}),
		}[s.next(17)]
		tried := sc
		tried.Events = append(tried.Events[:len(tried.Events):len(tried.Events)], e)
		if _, err := Simulate(spec, tried); err == nil {
			sc = tried
		}
	}
	if spec.Kind != CronJob {
		sc.Events = append(sc.Events, toTheEnd)
	}
	return spec, sc
}

// FuzzKinds: what holds for every kind, whatever happens.
func FuzzKinds(f *testing.F) {
	f.Add([]byte("every kind has its controller, and each of them comes to an end"))
	f.Fuzz(checkKind)
}

// TestKindStories: the same for stories that are always the same.
func TestKindStories(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 0))
	for range 1500 {
		data := make([]byte, 20+r.IntN(40))
		for i := range data {
			data[i] = byte(r.Uint32())
		}
		if checkKind(t, data); t.Failed() {
			t.Fatalf("%q", data)
		}
	}
}

// checkKind: the plan is the same again, whatever the order in which maps are
// walked; it is bounded; its numbers agree; a rollout that stalls says which
// field holds it; and it can be written.
func checkKind(t *testing.T, data []byte) {
	spec, sc := kindStory(data)
	plan, err := Simulate(spec, sc)
	if err != nil {
		return // a spec that no API server takes
	}
	again, err := Simulate(spec, sc)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(plan, again, cmp.AllowUnexported(CronRun{})); diff != "" {
		t.Fatalf("a second simulation differs:\n%s", diff)
	}
	if most := 200 * (len(sc.Events) + 1); len(plan.Steps) > most || plan.Truncated {
		t.Errorf("%s: %d steps of %d events", spec.Kind, len(plan.Steps), len(sc.Events))
	}
	for i, step := range plan.Steps {
		var pods, terminating, available int64
		for _, r := range step.Revisions {
			if r.Ready < 0 || r.NotReady < 0 || r.Terminating < 0 || r.Available < 0 || r.Available > r.Ready {
				t.Errorf("%s, step %d: revision %+v", spec.Kind, i, r)
			}
			pods += int64(r.Ready) + int64(r.NotReady)
			terminating += int64(r.Terminating)
			available += int64(r.Available)
		}
		if len(step.Revisions) > 0 && (pods != step.Pods || terminating != step.Terminating || available != step.Available) || step.Why == "" || step.Index != i {
			t.Errorf("%s, step %d: %+v", spec.Kind, i, step)
		}
		if step.Pods > plan.PeakPods || step.Pods < 0 || step.Available < plan.MinAvailable && plan.Readiness != Timed {
			t.Errorf("%s, step %d: %d pods, %d available; totals %d, %d", spec.Kind, i, step.Pods, step.Available, plan.PeakPods, plan.MinAvailable)
		}
	}
	switch plan.Outcome {
	case Complete, Nothing, Waiting, Paused, Failed:
	case Stalled:
		named := false
		for _, h := range plan.Hazards {
			named = named || h.Field != "" && h.Message != ""
		}
		if !named {
			t.Errorf("%s stalls, and nothing says why", spec.Kind)
		}
	default:
		t.Errorf("%s: outcome %q", spec.Kind, plan.Outcome)
	}
	if _, err := json.Marshal(plan); err != nil {
		t.Error(err)
	}
}
