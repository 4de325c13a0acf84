package planner

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// ordered is a StatefulSet with the defaults that the API server fills in.
func ordered(replicas int32) Spec {
	return Spec{
		Kind: StatefulSet, Replicas: replicas, RevisionHistoryLimit: 10,
		Strategy: Strategy{Type: RollingUpdate}, Set: SetSpec{Name: "web"},
	}
}

// randomSet makes up a StatefulSet of up to so many pods, and what happens to
// it. Events that make no sense where they stand are left out.
func randomSet(r *rand.Rand, most int32) (Spec, Scenario) {
	spec := ordered(r.Int32N(most + 1))
	spec.MinReadySeconds, spec.RevisionHistoryLimit = r.Int32N(3)*10, r.Int32N(4)
	spec.Pod = pod(Container{Readiness: probe(r.Int32N(3)*5, 1+r.Int32N(10), 1, 3)})
	spec.Set.Parallel, spec.Set.NoRollingUpdate = r.IntN(2) == 0, r.IntN(8) == 0
	spec.Set.Start = r.Int32N(2) * 5
	if r.IntN(3) == 0 {
		spec.Set.Claims, spec.Set.ClaimsFollowScale = []string{"data"}, r.IntN(2) == 0
	}
	switch r.IntN(6) {
	case 0:
		spec.Strategy = Strategy{Type: OnDelete}
	case 1, 2:
		spec.Set.MaxUnavailableWorks, spec.Strategy.MaxUnavailable = true, Count(1+r.Int32N(4))
	case 3:
		spec.Set.Partition = r.Int32N(most)
	}
	sc := Scenario{
		Readiness:   []Readiness{Together, OneByOne, Never, Manual, Timed}[r.IntN(5)],
		Termination: []Termination{TerminateInstant, TerminateNext, TerminateManual}[r.IntN(3)],
		Assumptions: Assumptions{Pull: span(0, r.IntN(20)), Shutdown: span(0, r.IntN(30))},
	}
	for range r.IntN(9) {
		revision, n, ordinal := 1+r.IntN(3), 1+r.Int32N(5), r.Int32N(most+1)
		e := []Event{
			update, update, ready(revision, n), sick(revision, n), remove(revision, n), {Type: EventDelete, Ordinal: &ordinal},
			scale(r.Int32N(most + 1)), undo, undoTo(revision), edit(Edit{Partition: &ordinal}), both(Edit{Replicas: &ordinal}),
			{Type: EventTerminated}, {Type: EventWait, Wait: time.Duration(n) * time.Second}, rounds(int(n)), toTheEnd,
		}[r.IntN(15)]
		tried := sc
		tried.Events = append(sc.Events[:len(sc.Events):len(sc.Events)], e)
		if _, err := Simulate(spec, tried); err == nil {
			sc = tried
		}
	}
	sc.Events = append(sc.Events, toTheEnd)
	return spec, sc
}

// TestStatefulSetProperties: what holds for any rollout of a StatefulSet.
func TestStatefulSetProperties(t *testing.T) {
	for seed := range uint64(1500) {
		spec, sc := randomSet(rand.New(rand.NewPCG(seed, 3)), 12)
		plan := simulate(t, spec, sc)
		if diff := cmp.Diff(plan, simulate(t, spec, sc)); diff != "" {
			t.Fatalf("seed %d: a second simulation differs:\n%s", seed, diff)
		}
		for i, s := range plan.Steps {
			var pods, ordinals, available int64
			for _, r := range s.Revisions {
				if r.Ready < 0 || r.NotReady < 0 || r.Available < 0 || r.Available > r.Ready || r.Ready+r.NotReady > r.Desired {
					t.Fatalf("seed %d, step %d: revision %+v", seed, i, r)
				}
				pods += int64(r.Ready) + int64(r.NotReady)
				available += int64(r.Available)
			}
			last := int64(-1)
			for _, o := range s.Ordinals {
				if o.First <= last || o.Last < o.First {
					t.Fatalf("seed %d, step %d: ordinals %+v", seed, i, s.Ordinals)
				}
				if last = o.Last; !o.Terminating {
					ordinals += o.Last - o.First + 1
				}
			}
			if pods != s.Pods || pods != ordinals || available != s.Available || s.Why == "" || s.Index != i {
				t.Fatalf("seed %d: step %d: %+v", seed, i, s)
			}
			if i > 0 && s.Event != string(EventScale) && s.Event != string(EventUpdate) && s.Pods > max(plan.Steps[i-1].Pods, int64(plan.Replicas.To), int64(plan.Replicas.From), 12) {
				t.Fatalf("seed %d: step %d has %d pods", seed, i, s.Pods)
			}
		}
		if last := plan.Steps[len(plan.Steps)-1]; plan.Outcome.done() && (last.Pods != int64(plan.Replicas.To) || last.Available != last.Pods) {
			t.Fatalf("seed %d: %s with %+v", seed, plan.Outcome, last)
		}
	}
}

// TestStatefulSetLeaps: a plan whose equal rounds are skipped has the same
// totals as one in which every round is played.
func TestStatefulSetLeaps(t *testing.T) {
	shortened := 0
	for seed := range uint64(600) {
		spec, sc := randomSet(rand.New(rand.NewPCG(seed, 5)), 120)
		played := simulate(t, spec, sc)
		sc.MaxSteps = 10
		leapt := simulate(t, spec, sc)
		if !leapt.Truncated {
			continue
		}
		shortened++
		if leapt.TotalSteps != int64(len(played.Steps)) {
			t.Fatalf("seed %d: %d steps, of which %d were played", seed, leapt.TotalSteps, len(played.Steps))
		}
		played.Steps, played.IfBad, played.Truncated, played.TotalSteps = nil, nil, true, leapt.TotalSteps
		leapt.Steps, leapt.IfBad = nil, nil
		if diff := cmp.Diff(played, leapt); diff != "" {
			t.Fatalf("seed %d (-played +leapt):\n%s\n%+v\n%+v", seed, diff, spec, sc)
		}
	}
	if shortened < 100 {
		t.Errorf("only %d plans were shortened", shortened)
	}
}

// TestStatefulSetUndo: the way back from a version that never becomes ready
// ends with the pods of the start, whatever has to be deleted by hand for it.
func TestStatefulSetUndo(t *testing.T) {
	for replicas := int32(1); replicas < 9; replicas++ {
		for _, parallel := range []bool{false, true} {
			for unavailable := int32(0); unavailable < 4; unavailable++ {
				spec := ordered(replicas)
				spec.Set.Parallel = parallel
				spec.Set.MaxUnavailableWorks, spec.Strategy.MaxUnavailable = unavailable > 0, Count(unavailable)
				bad := simulate(t, spec, Scenario{Readiness: Together, Termination: TerminateNext, Events: []Event{update, toTheEnd}}).IfBad
				if bad == nil || bad.Outcome != Stalled {
					t.Fatalf("%d pods: %+v", replicas, bad)
				}
				last := bad.Undo[len(bad.Undo)-1]
				if r := last.Revisions[0]; r.Revision != 1 || r.Available != replicas {
					t.Errorf("%d pods, parallel %v, unavailable %d: the undo ends at %+v", replicas, parallel, unavailable, last)
				}
				// Parallel does not look at health before it replaces; it stops
				// only where maxUnavailable is used up.
				byItself := parallel && (unavailable == 0 || unavailable > replicas)
				if stuck := len(bad.Delete) > 0; stuck == byItself {
					t.Errorf("%d pods, parallel %v, unavailable %d: %v are deleted by hand", replicas, parallel, unavailable, bad.Delete)
				}
			}
		}
	}
}

// TestHugeStatefulSets: any size keeps its totals.
func TestHugeStatefulSets(t *testing.T) {
	for _, parallel := range []bool{false, true} {
		for _, mode := range []Readiness{Timed, Together, OneByOne} {
			spec := ordered(math.MaxInt32)
			spec.Pod, spec.Set.Parallel, spec.Set.Start, spec.MinReadySeconds = benchPod, parallel, math.MaxInt32, 10
			sc := DefaultScenario(benchPod)
			sc.Readiness = mode
			p := simulate(t, spec, sc)
			if p.Outcome != Complete || p.MinAvailable != math.MaxInt32-1 || p.PeakPods != math.MaxInt32 || !p.Truncated || len(p.Steps) != maxSteps {
				t.Errorf("%s: %s, lowest %d, peak %d, %d steps of %d", mode, p.Outcome, p.MinAvailable, p.PeakPods, len(p.Steps), p.TotalSteps)
			}
			sc.Events = []Event{scale(1), toTheEnd, scale(math.MaxInt32), toTheEnd}
			if p := simulate(t, spec, sc); p.Outcome != Complete || p.MinAvailable != 1 {
				t.Errorf("%s: %s, lowest %d", mode, p.Outcome, p.MinAvailable)
			}
		}
	}
}

// TestApplyStatefulSet: applying a changed spec does all of it at once.
func TestApplyStatefulSet(t *testing.T) {
	from := ordered(3)
	onDelete := ordered(3)
	onDelete.Strategy.Type = OnDelete
	several := ordered(5)
	several.Set.MaxUnavailableWorks, several.Strategy.MaxUnavailable = true, Count(2)
	held := ordered(3)
	held.Set.Partition, held.Set.Start = 1, 2
	for _, tc := range []struct {
		from, to Spec
		want     string
		outcome  Outcome
	}{
		{from, onDelete, "3/3 | 3/3+0", Waiting},
		{onDelete, from, "3/3 | 2/2+1/0 | 1/1+2/1 | 3/2 | 3/3", Complete},
		{from, held, "3/3 | 3/3+2/0 | 3/3+2/1 | 1/1+2/2", Waiting},
		{several, from, "5/5 | 2/2+1/0 | 1/1+2/1 | 3/2 | 3/3", Complete},
		{from, several, "3/3 | 3/3+2/0 | 3/3+2/1 | 2/2+3/2 | 1/1+4/3 | 5/4 | 5/5", Complete},
	} {
		plan := simulate(t, tc.from, Scenario{Readiness: Together, Events: []Event{Apply(tc.from, tc.to, true), toTheEnd}})
		if got := trace(plan.Steps); got != tc.want || plan.Outcome != tc.outcome {
			t.Errorf("%+v to %+v: %s, %s; want %s, %s", tc.from, tc.to, plan.Outcome, got, tc.outcome, tc.want)
		}
	}
}
