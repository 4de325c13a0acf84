package planner_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rollcast/rollcast/planner"
)

func TestJobTraces(t *testing.T) { replayFile(t, planner.Job, "job.txt") }

func jobOf(completions, parallelism int32) planner.Spec {
	return planner.Spec{Kind: planner.Job, Job: &planner.JobSpec{Completions: &completions, Parallelism: parallelism, BackoffLimit: 6}}
}

// TestJobLeap compares plans that leap over rounds with plans that play each
// of them.
func TestJobLeap(t *testing.T) {
	for completions := int32(1); completions < 90; completions += 8 {
		for parallelism := int32(1); parallelism < 8; parallelism += 2 {
			for _, indexed := range []bool{false, true} {
				for _, readiness := range []planner.Readiness{planner.Timed, planner.Together, planner.OneByOne} {
					for _, rule := range [][]planner.SuccessRule{nil, {{Indexes: []planner.IndexRange{{First: 20, Last: 40}}}}} {
						spec := jobOf(completions, parallelism)
						spec.Job.Indexed = indexed
						if indexed && completions > 40 { // the server refuses fewer
							spec.Job.SuccessPolicy = rule
						}
						long := int64(90)
						spec.Job.ActiveDeadlineSeconds = &long
						sc := spec.DefaultScenario()
						sc.Readiness = readiness
						sc.Assumptions = planner.Assumptions{Startup: planner.Span{Min: time.Second, Max: 2 * time.Second}}
						want, err := planner.Simulate(spec, sc)
						if err != nil {
							t.Fatal(err)
						}
						sc.MaxSteps = 3
						got, err := planner.Simulate(spec, sc)
						if err != nil {
							t.Fatal(err)
						}
						name := fmt.Sprintf("%d/%d indexed=%t %s %v", completions, parallelism, indexed, readiness, rule)
						if total := max(got.TotalSteps, int64(len(got.Steps))); total != int64(len(want.Steps)) {
							t.Errorf("%s: %d steps, want %d", name, total, len(want.Steps))
						}
						want.Steps, got.Steps, got.Truncated, got.TotalSteps = nil, nil, false, 0
						if diff := cmp.Diff(want, got); diff != "" {
							t.Errorf("%s (-played +leapt):\n%s", name, diff)
						}
					}
				}
			}
		}
	}
}

// TestJobProperties plays random scenarios. Never more pods run than
// parallelism, nothing is lost, and a Job whose pods succeed is complete.
func TestJobProperties(t *testing.T) {
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 0))
		spec := jobOf(1+r.Int32N(8), 1+r.Int32N(5))
		spec.Job.Indexed = r.IntN(2) == 0
		spec.Job.BackoffLimit = 100
		if spec.Job.Indexed && r.IntN(2) == 0 {
			limit := int32(100)
			spec.Job.BackoffLimitPerIndex = &limit
		}
		events := []planner.Event{{Type: planner.EventCreate}}
		for range r.IntN(8) {
			switch r.IntN(4) {
			case 0:
				events = append(events, planner.Event{Type: planner.EventWait, Wait: time.Duration(r.IntN(700)) * time.Second})
			case 1:
				on := r.IntN(2) == 0
				events = append(events, planner.Event{Type: planner.EventEdit, Edit: &planner.Edit{Job: &planner.JobEdit{Suspend: &on}}})
			default:
				sure := []planner.Event{{Type: planner.EventFail, Pods: 1}, {Type: planner.EventFinish, Pods: 1}, {Type: planner.EventDelete, Pods: 1}}[r.IntN(3)]
				// An event that cannot happen ends a scenario, so it is tried first.
				if _, err := planner.Simulate(spec, planner.Scenario{Readiness: planner.Manual, Events: append(events, sure)}); err == nil {
					events = append(events, sure)
				}
			}
		}
		off := false
		events = append(events, planner.Event{Type: planner.EventWait, Wait: time.Hour})
		last := append(events, planner.Event{Type: planner.EventEdit, Edit: &planner.Edit{Job: &planner.JobEdit{Suspend: &off}}}, planner.Event{Type: planner.EventRun, Rounds: planner.RunToEnd})
		p, err := planner.Simulate(spec, planner.Scenario{Readiness: planner.OneByOne, Events: last})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		for _, s := range p.Steps {
			if s.Active > int64(spec.Job.Parallelism) || s.Active+s.Succeeded > int64(*spec.Job.Completions) || s.Active < 0 {
				t.Fatalf("seed %d, step %d: %+v of %d with %d at a time", seed, s.Index, *s.JobStatus, *spec.Job.Completions, spec.Job.Parallelism)
			}
		}
		if end := p.Steps[len(p.Steps)-1]; p.Outcome != planner.Complete || end.Succeeded != int64(*spec.Job.Completions) {
			t.Fatalf("seed %d ends %s with %+v", seed, p.Outcome, *end.JobStatus)
		}
	}
}

// TestJobIfBad: how many pods fail, and how long their delays are together.
func TestJobIfBad(t *testing.T) {
	for _, tc := range []struct {
		backoffLimit  int32
		pods, seconds int64
	}{
		{0, 1, 0},
		{2, 3, 30},   // 10 + 20
		{6, 7, 630},  // 10 + 20 + 40 + 80 + 160 + 320
		{8, 9, 1830}, // and twice 600
	} {
		spec := jobOf(1, 1)
		spec.Job.BackoffLimit = tc.backoffLimit
		p, err := planner.Simulate(spec, spec.DefaultScenario())
		if err != nil {
			t.Fatal(err)
		}
		if p.IfBad == nil || p.IfBad.FailedPods != tc.pods || p.IfBad.DetectedAfterSeconds != tc.seconds {
			t.Errorf("backoffLimit %d: %+v", tc.backoffLimit, p.IfBad)
		}
	}
}

// TestJobHostile: the largest numbers cost nothing.
func TestJobHostile(t *testing.T) {
	for _, parallelism := range []int32{0, 1, 3, math.MaxInt32} {
		spec := jobOf(math.MaxInt32, parallelism)
		spec.Job.BackoffLimit = math.MaxInt32
		long := int64(math.MaxInt64)
		spec.Job.ActiveDeadlineSeconds = &long
		began := time.Now()
		p, err := planner.Simulate(spec, spec.DefaultScenario())
		if err != nil || time.Since(began) > 5*time.Second {
			t.Errorf("parallelism %d: %v in %v", parallelism, err, time.Since(began))
		}
		if parallelism > 0 && p.Outcome != planner.Complete {
			t.Errorf("parallelism %d: %s after %d steps", parallelism, p.Outcome, p.TotalSteps)
		}
	}
}

func ExampleSimulate_job() {
	spec := jobOf(5, 2)
	plan, err := planner.Simulate(spec, planner.Scenario{Readiness: planner.Together, Events: []planner.Event{
		{Type: planner.EventCreate}, {Type: planner.EventRun, Rounds: planner.RunToEnd},
	}})
	if err != nil {
		panic(err)
	}
	for _, s := range plan.Steps {
		fmt.Printf("%d run, %d done: %s\n", s.Active, s.Succeeded, s.Why)
	}
	// Output:
	// 0 run, 0 done: before: the Job does not exist
	// 2 run, 0 done: 2 created: 0 of 5 completions done, at most 2 at a time
	// 2 run, 2 done: 2 created: 2 of 5 completions done, at most 2 at a time
	// 1 run, 4 done: 1 created: 4 of 5 completions done, at most 2 at a time
	// 0 run, 5 done: the Job is complete: 5 of 5 completions done, at most 2 at a time
}

func BenchmarkJobInt32(b *testing.B) {
	spec := jobOf(math.MaxInt32, 1)
	sc := spec.DefaultScenario()
	sc.Readiness = planner.OneByOne
	for b.Loop() {
		if p, err := planner.Simulate(spec, sc); err != nil || p.Outcome != planner.Complete {
			b.Fatal(p.Outcome, err)
		}
	}
}
