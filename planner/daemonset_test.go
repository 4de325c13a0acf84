package planner_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rollcast/rollcast/planner"
)

func TestDaemonSetTraces(t *testing.T) { replayFile(t, planner.DaemonSet, "daemonset.txt") }

func daemonSet(nodes int32, unavailable, surge planner.IntOrPercent) planner.Spec {
	return planner.Spec{
		Kind: planner.DaemonSet, Replicas: nodes, RevisionHistoryLimit: 10,
		Strategy: planner.Strategy{Type: planner.RollingUpdate, MaxUnavailable: unavailable, MaxSurge: surge},
		Pod: planner.Pod{TerminationGracePeriodSeconds: 30, Containers: []planner.Container{{
			Name: "agent", Readiness: &planner.Probe{PeriodSeconds: 10, SuccessThreshold: 1, FailureThreshold: 3},
		}}},
	}
}

func update(readiness planner.Readiness, pod planner.Pod) planner.Scenario {
	sc := planner.DefaultScenario(pod)
	sc.Readiness = readiness
	return sc
}

// TestDaemonSetLeap compares plans that leap over rounds with plans that play
// each of them.
func TestDaemonSetLeap(t *testing.T) {
	for _, readiness := range []planner.Readiness{planner.Timed, planner.Together, planner.OneByOne, planner.Never} {
		for nodes := int32(1); nodes < 60; nodes += 7 {
			for limit := int32(1); limit < 12; limit += 3 {
				for _, surges := range []bool{false, true} {
					spec := daemonSet(nodes, planner.Count(limit), planner.Count(0))
					if surges {
						spec = daemonSet(nodes, planner.Count(0), planner.Count(limit))
					}
					sc := update(readiness, spec.Pod)
					want, err := planner.Simulate(spec, sc)
					if err != nil {
						t.Fatal(err)
					}
					sc.MaxSteps = 3
					got, err := planner.Simulate(spec, sc)
					if err != nil {
						t.Fatal(err)
					}
					if total := max(got.TotalSteps, int64(len(got.Steps))); total != int64(len(want.Steps)) {
						t.Errorf("%s, %d nodes, limit %d, surge %t: %d steps, want %d", readiness, nodes, limit, surges, total, len(want.Steps))
					}
					want.Steps, got.Steps, got.Truncated, got.TotalSteps = nil, nil, false, 0
					want.IfBad, got.IfBad = nil, nil // the undo is cut as well
					if diff := cmp.Diff(want, got); diff != "" {
						t.Errorf("%s, %d nodes, limit %d, surge %t (-played +leapt):\n%s", readiness, nodes, limit, surges, diff)
					}
				}
			}
		}
	}
}

// TestDaemonSetProperties plays random scenarios. Pods are never more than
// nodes plus surge, no node is forgotten, and undo after an update comes back
// to the start.
func TestDaemonSetProperties(t *testing.T) {
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 0))
		nodes, limit := 1+r.Int32N(8), 1+r.Int32N(4)
		spec := daemonSet(nodes, planner.Count(limit), planner.Count(0))
		if r.IntN(2) == 0 {
			spec = daemonSet(nodes, planner.Count(0), planner.Count(limit))
		}
		spec.MinReadySeconds = r.Int32N(2) * 10
		sc := update([]planner.Readiness{planner.Timed, planner.Together, planner.OneByOne}[r.IntN(3)], spec.Pod)
		sc.Termination = []planner.Termination{planner.TerminateInstant, planner.TerminateNext}[r.IntN(2)]
		sc.Events = []planner.Event{{Type: planner.EventUpdate}, {Type: planner.EventRun, Rounds: r.IntN(6)}}
		for range r.IntN(3) {
			sc.Events = append(sc.Events, planner.Event{Type: planner.EventUpdate}, planner.Event{Type: planner.EventRun, Rounds: r.IntN(4)})
		}
		sc.Events = append(sc.Events, planner.Event{Type: planner.EventUndo, To: 1}, planner.Event{Type: planner.EventRun, Rounds: planner.RunToEnd})
		p, err := planner.Simulate(spec, sc)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		for _, s := range p.Steps {
			var wanted int64
			for _, rev := range s.Revisions {
				wanted += int64(rev.Desired)
				if rev.Available > rev.Ready || rev.Ready+rev.NotReady > rev.Desired || rev.NotReady < 0 {
					t.Fatalf("seed %d, step %d: %+v", seed, s.Index, rev)
				}
			}
			if s.Pods > p.Bounds.MaxPods || wanted < int64(nodes) {
				t.Fatalf("seed %d, step %d: %d pods of at most %d, %d wanted on %d nodes", seed, s.Index, s.Pods, p.Bounds.MaxPods, wanted, nodes)
			}
			if surges := spec.Strategy.MaxSurge.Value > 0; surges && s.Available < int64(nodes) && spec.MinReadySeconds == 0 {
				t.Fatalf("seed %d, step %d: %d of %d nodes available with surge", seed, s.Index, s.Available, nodes)
			}
		}
		last := p.Steps[len(p.Steps)-1]
		if p.Outcome != planner.Complete || last.Available != int64(nodes) || last.Revisions[0].Revision != 1 {
			t.Fatalf("seed %d ends %s with %+v", seed, p.Outcome, last)
		}
	}
}

// TestDaemonSetChance: of available pods of two old revisions, chance decides
// which go.
func TestDaemonSetChance(t *testing.T) {
	spec := daemonSet(4, planner.Count(1), planner.Count(0))
	p, err := planner.Simulate(spec, planner.Scenario{Readiness: planner.Together, Events: []planner.Event{
		{Type: planner.EventUpdate}, {Type: planner.EventRun, Rounds: 2}, {Type: planner.EventUpdate}, {Type: planner.EventRun, Rounds: 1},
	}})
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range p.Steps {
		if racing := i == len(p.Steps)-1; racing != (len(s.Alternatives) == 1) {
			t.Errorf("step %d: %+v has alternatives %+v", i, s.Revisions, s.Alternatives)
		}
	}
}

func TestDaemonSetRefusals(t *testing.T) {
	two := planner.Count(2)
	for _, tc := range []struct {
		name string
		spec planner.Spec
		e    planner.Event
		want string
	}{
		{"both", daemonSet(3, planner.Count(1), planner.Count(1)), planner.Event{}, "maxSurge is 1 and maxUnavailable is 1: one of them must be 0"},
		{"neither", daemonSet(3, planner.Count(0), planner.Count(0)), planner.Event{}, "maxSurge and maxUnavailable cannot both be 0"},
		{"101%", daemonSet(3, planner.Percent(101), planner.Count(0)), planner.Event{}, "maxUnavailable is 101%, and cannot be above 100%"},
		{"edit to both", daemonSet(3, planner.Count(1), planner.Count(0)), planner.Event{Type: planner.EventEdit, Edit: &planner.Edit{MaxSurge: &two}}, "event 0 (edit): maxSurge is 2 and maxUnavailable is 1: one of them must be 0"},
		{"scale", daemonSet(3, planner.Count(1), planner.Count(0)), planner.Event{Type: planner.EventScale, Replicas: 5}, `event 0 (scale): "scale" means nothing to a DaemonSet, which knows update, ready, unready, edit, undo, terminated, delete, node, wait, run`},
		{"nodes", daemonSet(3, planner.Count(1), planner.Count(0)), planner.Event{Type: planner.EventNode, Down: 4}, "event 0 (node): cannot take 4 nodes down: 3 could be"},
	} {
		sc := planner.Scenario{Readiness: planner.Together}
		if tc.e.Type != "" {
			sc.Events = []planner.Event{tc.e}
		}
		if _, err := planner.Simulate(tc.spec, sc); err == nil || err.Error() != tc.want {
			t.Errorf("%s: got %v, want %s", tc.name, err, tc.want)
		}
	}
}

// TestDaemonSetIfBad: a bad image stops after maxUnavailable nodes, and with
// surge costs nothing.
func TestDaemonSetIfBad(t *testing.T) {
	for _, tc := range []struct {
		spec planner.Spec
		want int64
	}{
		{daemonSet(5, planner.Count(2), planner.Count(0)), 3},
		{daemonSet(5, planner.Count(0), planner.Count(2)), 5},
	} {
		p, err := planner.Simulate(tc.spec, planner.DefaultScenario(tc.spec.Pod))
		if err != nil {
			t.Fatal(err)
		}
		if p.IfBad == nil || p.IfBad.Available != tc.want || p.IfBad.Outcome != planner.Stalled {
			t.Fatalf("got %+v", p.IfBad)
		}
		if last := p.IfBad.Undo[len(p.IfBad.Undo)-1]; last.Available != 5 {
			t.Errorf("undo ends at %+v", last)
		}
	}
}

func ExampleSimulate_daemonSet() {
	spec := daemonSet(7, planner.Percent(30), planner.Count(0))
	plan, err := planner.Simulate(spec, planner.Scenario{Readiness: planner.Together, Events: []planner.Event{
		{Type: planner.EventUpdate}, {Type: planner.EventRun, Rounds: planner.RunToEnd},
	}})
	if err != nil {
		panic(err)
	}
	for _, s := range plan.Steps {
		fmt.Printf("%d available: %s\n", s.Available, s.Why)
	}
	// Output:
	// 7 available: before: revision 1 on 7 nodes
	// 4 available: 3 of 7 may be unavailable: 3 old deleted; a node without a pod gets one: 3 new created
	// 4 available: 3 of 7 may be unavailable: 3 old deleted; a node without a pod gets one: 3 new created
	// 6 available: 3 of 7 may be unavailable: 1 old deleted; a node without a pod gets one: 1 new created
	// 7 available: 7 of 7 nodes have an available pod of the present version
}

func BenchmarkDaemonSet5000Nodes(b *testing.B) {
	for _, readiness := range []planner.Readiness{planner.Timed, planner.Together, planner.OneByOne} {
		b.Run(string(readiness), func(b *testing.B) { benchmarkDaemonSet(b, 5000, readiness) })
	}
}

func BenchmarkDaemonSetInt32(b *testing.B) { benchmarkDaemonSet(b, math.MaxInt32, planner.OneByOne) }

func benchmarkDaemonSet(b *testing.B, nodes int32, readiness planner.Readiness) {
	spec := daemonSet(nodes, planner.Count(1), planner.Count(0))
	for b.Loop() {
		if p, err := planner.Simulate(spec, update(readiness, spec.Pod)); err != nil || p.Outcome != planner.Complete {
			b.Fatal(p.Outcome, err)
		}
	}
}
