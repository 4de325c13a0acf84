package planner_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/rollcast/rollcast/planner"
)

// TestKeepers: a new template changes nothing, and a pod that is deleted comes
// back with it, but for a bare Pod's.
func TestKeepers(t *testing.T) {
	for _, kind := range []planner.Kind{planner.ReplicaSet, planner.ReplicationController, planner.BarePod} {
		spec := planner.Spec{Kind: kind, Replicas: 3}
		p, err := planner.Simulate(spec, spec.DefaultScenario())
		if err != nil {
			t.Fatal(err)
		}
		want := int64(3)
		if kind == planner.BarePod {
			want = 1
		}
		if last := p.Steps[len(p.Steps)-1]; p.Outcome != planner.Nothing || len(p.Steps) != 2 || last.Available != want || int64(last.Revisions[0].Desired) != want {
			t.Errorf("%s: %s, %+v", kind, p.Outcome, p.Steps)
		}
		p, err = planner.Simulate(spec, planner.Scenario{Readiness: planner.Together, Events: []planner.Event{
			{Type: planner.EventUpdate}, {Type: planner.EventDelete, Revision: 1, Pods: 1}, {Type: planner.EventRun, Rounds: planner.RunToEnd},
		}})
		if err != nil {
			t.Fatal(err)
		}
		got := fmt.Sprint(p.Steps[len(p.Steps)-1].Revisions)
		wanted := "[{1 0 2 2 2 0 0} {2 0 1 1 1 0 0}]"
		if kind == planner.BarePod {
			wanted = "[{2 0 0 0 0 0 0}]"
		}
		if got != wanted {
			t.Errorf("%s: %s, want %s", kind, got, wanted)
		}
	}
}

func TestKeeperHostile(t *testing.T) {
	spec := planner.Spec{Kind: planner.ReplicaSet, Replicas: 1}
	p, err := planner.Simulate(spec, planner.Scenario{Readiness: planner.OneByOne, Events: []planner.Event{
		{Type: planner.EventScale, Replicas: math.MaxInt32}, {Type: planner.EventRun, Rounds: planner.RunToEnd},
	}})
	if err != nil || p.TotalSteps != math.MaxInt32+1 || p.PeakPods != math.MaxInt32 {
		t.Errorf("%d steps, peak %d, %v", p.TotalSteps, p.PeakPods, err)
	}
}
