package planner

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestLeapsEqualRounds: a plan that keeps only a few steps, and so skips what
// it can, has the same totals as one that plays every round.
func TestLeapsEqualRounds(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	leaps := 0
	for range 400 {
		spec, scenario := longCase(random)
		full := simulate(t, spec, scenario)
		if full.Truncated {
			continue
		}
		scenario.MaxSteps = 1 + random.IntN(20)
		short := simulate(t, spec, scenario)
		if short.TotalSteps > int64(len(short.Steps)) {
			leaps++
		}
		total := max(short.TotalSteps, int64(len(short.Steps)))
		if total != int64(len(full.Steps)) || short.Outcome != full.Outcome ||
			short.PeakPods != full.PeakPods || short.PeakPodsWithTerminating != full.PeakPodsWithTerminating ||
			short.MinAvailable != full.MinAvailable || short.MinReady != full.MinReady || short.MaxNotReady != full.MaxNotReady ||
			clockTime(short.DurationSeconds) != clockTime(full.DurationSeconds) {
			t.Fatalf("%+v\n%+v\nskipping: %d steps, %s, peak %d (%d), lowest %d (%d), waiting %d, %s\nplaying:  %d steps, %s, peak %d (%d), lowest %d (%d), waiting %d, %s", spec, scenario,
				total, short.Outcome, short.PeakPods, short.PeakPodsWithTerminating, short.MinAvailable, short.MinReady, short.MaxNotReady, clockTime(short.DurationSeconds),
				len(full.Steps), full.Outcome, full.PeakPods, full.PeakPodsWithTerminating, full.MinAvailable, full.MinReady, full.MaxNotReady, clockTime(full.DurationSeconds))
		}
	}
	if leaps < 200 {
		t.Errorf("only %d cases had something to skip", leaps)
	}
}

// TestReplaysEqualRounds: the steps that a stretch writes down without playing
// it are those of the rounds, with their reasons and times.
func TestReplaysEqualRounds(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		spec, scenario := longCase(random)
		scenario, err := scenario.complete()
		if err != nil {
			t.Fatal(err)
		}
		covered, err := simulateOnce(spec, scenario, longest, nil)
		if err != nil {
			t.Fatal(err)
		}
		played := newRun(spec, scenario, longest, nil)
		for _, e := range scenario.Events {
			if err := played.d.apply(e); err != nil {
				t.Fatal(err)
			}
			if e.Type != EventRun {
				played.record(e.Type)
			}
			for n := 0; e.Type == EventRun && n != e.Rounds && played.d.round(); n++ {
				played.record(EventRun)
			}
		}
		covered.reasons(0)
		played.reasons(0)
		if diff := cmp.Diff(played.steps, covered.steps); diff != "" {
			t.Fatalf("%+v\n%+v\nplayed (-), covered (+):\n%s", spec, scenario, diff)
		}
		for i := range played.times {
			if a, b := played.times[i], covered.times[i]; a.seconds() != b.seconds() || a.open != b.open {
				t.Fatalf("%+v\n%+v\nstep %d at %v, covered %v", spec, scenario, i, a, b)
			}
		}
		if played.extremes != covered.extremes || played.total != covered.total {
			t.Fatalf("played %+v of %d, covered %+v of %d", played.extremes, played.total, covered.extremes, covered.total)
		}
	}
}

// longCase is a rollout of many rounds, some of them disturbed halfway.
func longCase(random *rand.Rand) (Spec, Scenario) {
	spec := rolling(int32(random.IntN(1500)), Count(int32(random.IntN(4))), Count(int32(1+random.IntN(3))))
	if random.IntN(10) == 0 {
		spec.Strategy = Strategy{Type: Recreate}
	}
	if random.IntN(3) == 0 {
		spec.MinReadySeconds = int32(random.IntN(40))
	}
	spec.Pod = pod(Container{Readiness: probe(int32(random.IntN(20)), int32(1+random.IntN(20)), 1, 3)})
	scenario := Scenario{
		Readiness:   []Readiness{Timed, Together, OneByOne, Never}[random.IntN(4)],
		Termination: []Termination{TerminateInstant, TerminateNext}[random.IntN(2)],
		Assumptions: Assumptions{Startup: span(0, random.IntN(5)), Shutdown: span(0, []int{0, random.IntN(60), random.IntN(2000), 100_000}[random.IntN(4)])},
		Events:      []Event{update, rounds(random.IntN(30))},
	}
	wait := Event{Type: EventWait, Wait: time.Duration(random.IntN(20)) * time.Second}
	for range random.IntN(3) {
		scenario.Events = append(scenario.Events, []Event{
			update, wait, scale(int32(random.IntN(1500))), rounds(1 + random.IntN(50)),
			{Type: EventUndo, To: 1}, edit(Edit{MaxSurge: ptr(Count(int32(1 + random.IntN(3))))}),
		}[random.IntN(6)])
	}
	scenario.Events = append(scenario.Events, toTheEnd)
	return spec, scenario
}

// TestLeapStopsAtTheLimit: `run: N` plays N rounds, skipped or not.
func TestLeapStopsAtTheLimit(t *testing.T) {
	for _, n := range []int{1, 2, 10, 499, 500, 999, 1000} {
		plan := simulate(t, rolling(1000, Count(1), Count(0)), Scenario{Readiness: Together, MaxSteps: 5, Events: []Event{update, rounds(n)}})
		if steps := max(plan.TotalSteps, int64(len(plan.Steps))); steps != int64(n)+2 {
			t.Errorf("run %d: %d steps, want %d", n, steps, n+2)
		}
	}
}
