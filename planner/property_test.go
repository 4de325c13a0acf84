package planner

import (
	"math/rand/v2"
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
	f.Fuzz(checkStory)
}

// TestStories: the same for stories that are always the same.
func TestStories(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 0))
	for range 800 {
		data := make([]byte, 30+r.IntN(60))
		for i := range data {
			data[i] = byte(r.Uint32())
		}
		if checkStory(t, data); t.Failed() {
			t.Fatalf("%q", data)
		}
	}
}

// checkStory holds a story against every property. Maps are walked in another
// order by a second simulation; nothing may depend on it.
func checkStory(t *testing.T, data []byte) {
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
	checkEnd(t, s, plan)
	checkUndo(t, s, len(data)%7)
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

// A tally follows a story's spec from step to step, as events change it.
type tally struct {
	spec   Spec
	events []Event
	// healthy says that nothing has made an old pod unavailable so far, and
	// nobody has asked for more available pods than before.
	healthy bool
}

// take moves on to the event of the next step.
func (t *tally) take(step Step) {
	for len(t.events) > 0 && step.Event != string(t.events[0].Type) {
		t.events = t.events[1:] // a run of no rounds
	}
	if len(t.events) == 0 || step.Event == string(EventRun) {
		return
	}
	e := t.events[0]
	t.events = t.events[1:]
	d := newDeployment(t.spec, kubelet{}, 0)
	needed := d.spec.Replicas - d.unavailable
	switch {
	case e.Type == EventScale:
		e.Edit = &Edit{Replicas: &e.Replicas}
	case e.Type == EventPause:
		e.Edit = &Edit{Paused: ptr(true)}
	case e.Type == EventResume:
		e.Edit = &Edit{Paused: ptr(false)}
	case e.Type == EventUnready || e.Type == EventDelete:
		t.healthy = false
	}
	if err := d.edit(e.Edit); err != nil {
		panic(err)
	}
	// A lower number races: the controller may take too many (races.go).
	t.healthy = t.healthy && d.spec.Strategy.Type == RollingUpdate && d.spec.Replicas-d.unavailable <= needed &&
		d.spec.MinReadySeconds <= t.spec.MinReadySeconds && d.spec.Replicas == t.spec.Replicas
	t.spec = d.spec
}

// checkBounds: a rollout never has more than replicas+surge pods, but while it
// is scaled down from above; and while old pods are healthy and replicas was
// not changed, it never has fewer than replicas-unavailable available ones.
func checkBounds(t *testing.T, s *story, plan Plan) {
	at := tally{s.spec, s.scenario.Events, s.spec.Strategy.Type == RollingUpdate}
	for i, step := range plan.Steps {
		if i == 0 {
			continue
		}
		at.take(step)
		surge, unavailable := at.spec.Strategy.Resolve(at.spec.Replicas)
		if most, before := int64(at.spec.Replicas)+int64(surge), plan.Steps[i-1].Pods; step.Pods > max(most, before) {
			t.Errorf("step %d: %d pods, %d before, at most %d allowed", i, step.Pods, before, most)
		}
		if least := int64(at.spec.Replicas) - int64(unavailable); at.healthy && step.Available < least {
			t.Errorf("step %d: %d available, at least %d needed", i, step.Available, least)
		}
	}
}

// checkEnd: a story ends in a bounded number of steps; a rollout that stalls
// names the field that holds it; one that is complete has all its pods; one
// that waits waits for somebody.
func checkEnd(t *testing.T, s *story, plan Plan) {
	// A round makes at least one pod ready or available, and a rollout has no
	// more rounds than pods that it creates.
	if most := len(s.scenario.Events) * 4 * int(plan.PeakPods+10); len(plan.Steps) > most || plan.Truncated {
		t.Errorf("%d steps, at most %d expected", len(plan.Steps), most)
	}
	last := plan.Steps[len(plan.Steps)-1]
	switch plan.Outcome {
	case Complete, Nothing:
		if last.Pods != int64(plan.Replicas.To) || last.Available != last.Pods {
			t.Errorf("%s with %+v", plan.Outcome, last)
		}
	case Stalled:
		for _, h := range plan.Hazards {
			if h.Hazard == HazardStalls && h.Field != "" && h.Message != "" {
				return
			}
		}
		t.Errorf("stalled, and nothing says why: %+v", plan.Hazards)
	case Waiting:
		young := false // without timed mode time passes in rounds only
		for _, r := range last.Revisions {
			young = young || r.Ready > r.Available
		}
		if s.scenario.Readiness != Manual && s.scenario.Termination != TerminateManual && !young {
			t.Errorf("nobody to wait for: %+v", last)
		}
	case Paused:
	default:
		t.Errorf("outcome %q", plan.Outcome)
	}
}

// checkUndo: an update that is run for some rounds and undone ends with the
// pods of the start.
func checkUndo(t *testing.T, s *story, n int) {
	sc := s.scenario
	if sc.Readiness == Never || sc.Readiness == Manual {
		sc.Readiness = Together
	}
	sc.Termination = TerminateNext
	sc.Events = []Event{update, rounds(n), undoTo(1), toTheEnd, {Type: EventTerminated}, toTheEnd}
	spec := s.spec
	if spec.RevisionHistoryLimit == 0 {
		spec.RevisionHistoryLimit = 1
	}
	plan, err := Simulate(spec, sc)
	if err != nil {
		t.Fatal(err)
	}
	if spec.Replicas == 0 {
		if lastStep(plan).Pods != 0 {
			t.Errorf("undone after %d rounds: %s", n, trace(plan.Steps))
		}
		return
	}
	if r := lastStep(plan).Revisions[0]; r.Revision != 1 || r.Desired != spec.Replicas || r.Available != spec.Replicas || lastStep(plan).Pods != int64(spec.Replicas) {
		t.Errorf("undone after %d rounds: %s", n, trace(plan.Steps))
	}
}

func lastStep(p Plan) Step { return p.Steps[len(p.Steps)-1] }

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
