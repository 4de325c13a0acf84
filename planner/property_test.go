package planner

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A story is a spec and a scenario made of random bytes. Bytes that make no
// sense where they stand are skipped, so nearly all of them are played.
type story struct {
	data     []byte
	spec     Spec
	scenario Scenario
}

func (s *story) next(n int) int {
	if len(s.data) == 0 {
		return 0
	}
	b := int(s.data[0])
	s.data = s.data[1:]
	return b % n
}

func (s *story) limit() IntOrPercent {
	if s.next(2) == 0 {
		return Count(int32(s.next(5)))
	}
	return Percent(int32(s.next(11)) * 10)
}

func newStory(data []byte) *story {
	s := &story{data: data}
	s.spec = rolling(int32(s.next(25)), s.limit(), s.limit())
	if s.spec.Strategy.MaxSurge.Value == 0 && s.spec.Strategy.MaxUnavailable.Value == 0 {
		s.spec.Strategy.MaxSurge = Count(1)
	}
	if s.next(6) == 0 {
		s.spec.Strategy = Strategy{Type: Recreate}
	}
	s.spec.MinReadySeconds = int32(s.next(3) * 10)
	s.spec.RevisionHistoryLimit = int32(s.next(4))
	s.spec.Pod = pod(Container{Readiness: probe(int32(s.next(3)*5), int32(1+s.next(10)), 1, 3)})
	s.scenario = Scenario{
		Readiness:   []Readiness{Together, OneByOne, Never, Manual, Timed}[s.next(5)],
		Termination: []Termination{TerminateInstant, TerminateNext, TerminateManual}[s.next(3)],
		Assumptions: Assumptions{Pull: span(0, s.next(20)), Shutdown: span(0, s.next(30))},
	}
	for len(s.data) > 0 {
		e := s.event()
		tried := s.scenario
		tried.Events = append(tried.Events[:len(tried.Events):len(tried.Events)], e)
		if _, err := Simulate(s.spec, tried); err == nil {
			s.scenario = tried
		}
		if len(s.scenario.Events) > 12 {
			break
		}
	}
	s.scenario.Events = append(s.scenario.Events, toTheEnd)
	return s
}

func (s *story) event() Event {
	revision, n := 1+s.next(4), int32(1+s.next(8))
	return []Event{
		update, ready(revision, n), sick(revision, n), remove(revision, n), scale(int32(s.next(30))),
		edit(Edit{MaxSurge: ptr(s.limit())}), edit(Edit{MinReadySeconds: ptr(n)}), both(Edit{Replicas: ptr(n)}),
		undo, undoTo(revision), pause, resume, {Type: EventTerminated}, {Type: EventWait, Wait: time.Duration(n) * time.Second}, rounds(int(n)),
	}[s.next(15)]
}

// FuzzSimulate: what holds for any rollout.
func FuzzSimulate(f *testing.F) {
	f.Add([]byte{10, 1, 3, 1, 2, 1, 0, 1, 2, 3, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 14})
	f.Add([]byte{12, 0, 2, 0, 0, 1, 0, 3, 0, 0, 3, 0, 0, 0, 1, 1, 1, 4, 1, 1, 1, 1, 4, 2, 1, 3, 0, 4})
	f.Add([]byte("the quick brown fox jumps over the lazy dog and back again to where it came from"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s := newStory(data)
		plan, err := Simulate(s.spec, s.scenario)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Simulate(s.spec, s.scenario)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(plan, again); diff != "" {
			t.Fatalf("a second simulation differs:\n%s", diff)
		}
		checkSums(t, plan)
		checkBounds(t, s, plan)
	})
}

// checkSums: the numbers of a step agree with each other, and the totals of a
// plan with its steps.
func checkSums(t *testing.T, plan Plan) {
	var peak, physical int64
	lowest := plan.Steps[0].Available
	for i, step := range plan.Steps {
		var pods, terminating, available int64
		for _, r := range step.Revisions {
			if r.Ready < 0 || r.NotReady < 0 || r.Terminating < 0 || r.Available < 0 || r.Available > r.Ready || r.Ready+r.NotReady != r.Desired {
				t.Errorf("step %d: revision %+v", i, r)
			}
			pods += int64(r.Ready) + int64(r.NotReady)
			terminating += int64(r.Terminating)
			available += int64(r.Available)
		}
		if pods != step.Pods || terminating != step.Terminating || available != step.Available || step.Why == "" || step.Index != i {
			t.Errorf("step %d: %+v", i, step)
		}
		peak, physical, lowest = max(peak, pods), max(physical, pods+terminating), min(lowest, available)
	}
	if plan.Readiness != Timed && (peak != plan.PeakPods || physical != plan.PeakPodsWithTerminating || lowest != plan.MinAvailable) {
		t.Errorf("totals %d %d %d, steps have %d %d %d", plan.PeakPods, plan.PeakPodsWithTerminating, plan.MinAvailable, peak, physical, lowest)
	}
}

// checkBounds: while the spec stays as it is, a rolling update never has more
// than replicas+surge pods, and never takes available pods below
// replicas-unavailable.
func checkBounds(t *testing.T, s *story, plan Plan) {
	for i, step := range plan.Steps {
		if i == 0 || step.Event != string(EventRun) && step.Event != string(EventUpdate) || s.spec.Strategy.Type == Recreate {
			continue
		}
		if before := plan.Steps[i-1]; s.steady() && step.Pods > max(plan.Bounds.MaxPods, before.Pods) {
			t.Errorf("step %d: %d pods, %d before, at most %d allowed", i, step.Pods, before.Pods, plan.Bounds.MaxPods)
		} else if s.steady() && step.Available < min(plan.Bounds.MinAvailable, before.Available) {
			t.Errorf("step %d: %d available, %d before, at least %d needed", i, step.Available, before.Available, plan.Bounds.MinAvailable)
		}
	}
	if plan.Outcome == Complete || plan.Outcome == Nothing {
		last := plan.Steps[len(plan.Steps)-1]
		if last.Pods != int64(plan.Replicas.To) || last.Available != last.Pods {
			t.Errorf("%s with %+v", plan.Outcome, last)
		}
	}
}

// steady says that the scenario changes neither replicas nor strategy.
func (s *story) steady() bool {
	for _, e := range s.scenario.Events {
		if e.Type == EventScale || e.Edit != nil {
			return false
		}
	}
	return true
}

// TestUndoComesBack: an update that is run to its end and undone ends with the
// pods of the start.
func TestUndoComesBack(t *testing.T) {
	for replicas := int32(1); replicas < 25; replicas++ {
		for _, strategy := range []Strategy{
			{RollingUpdate, Percent(25), Percent(25)}, {RollingUpdate, Count(1), Count(0)}, {RollingUpdate, Count(0), Count(3)},
			{RollingUpdate, Percent(150), Percent(100)}, {Type: Recreate},
		} {
			for _, mode := range []Readiness{Together, OneByOne, Never} {
				for _, n := range []int{0, 1, 2, RunToEnd} {
					if n == 0 && mode == Never && strategy.Type == Recreate {
						continue // revision 2 was never created, so 1 is the newest
					}
					spec := rolling(replicas, Count(0), Count(0))
					spec.Strategy = strategy
					plan := simulate(t, spec, Scenario{Readiness: mode, Termination: TerminateNext, Events: []Event{
						update, rounds(n), undoTo(1), toTheEnd, {Type: EventTerminated}}})
					last := plan.Steps[len(plan.Steps)-1]
					if r := last.Revisions[0]; r.Revision != 1 || r.Desired != replicas || r.Available != replicas || last.Pods != int64(replicas) || last.Terminating != 0 {
						t.Errorf("%d %v %s after %d rounds: %s", replicas, strategy, mode, n, trace(plan.Steps))
					}
				}
			}
		}
	}
}
