package planner_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/planner"
)

// late is why the planner does not say what 1.33 did: its ReplicaSet controller
// asks its queue to wake it minReadySeconds after a pod is ready, and the queue
// keeps the earliest of several wishes, so that a pod which became ready later
// counts as available only at the next occasion. The planner has the moment at
// which it is available. 1.34 computes that moment, too.
const late = "the ReplicaSet controller of 1.33 notices later that a pod is available"

var unpredicted = map[string]string{
	"before 1.34, a pod that flaps within minReadySeconds counts as available late": late,
	"before 1.34, minReadySeconds is raised in mid-rollout, and counts late":        late,
}

// TestTraces replays what the real controllers did. The traces are recorded by
// the oracle module; a difference is an error of the planner, or a newer
// Kubernetes behaves differently and the traces are old.
func TestTraces(t *testing.T) {
	for _, kind := range []string{"deployment"} { // those that the planner knows
		file := filepath.Join("../testdata/traces", kind+".txt")
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		traces, err := trace.Parse(text)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, tr := range traces {
			t.Run(tr.Name, func(t *testing.T) {
				if why := unpredicted[tr.Name]; why != "" {
					t.Skip(why)
				}
				replay(t, tr)
			})
		}
	}
}

func replay(t *testing.T, tr trace.Trace) {
	events := tr.Scenario.Events[:len(tr.Steps)-1]
	if tr.Refused {
		tr.Scenario.Events = events
		var refused *planner.EventError
		if _, err := planner.Simulate(tr.Spec, tr.Scenario); !errors.As(err, &refused) || refused.Index != len(events)-1 {
			t.Errorf("event %d is refused; got error %v", len(events)-1, err)
		}
		events = events[:len(events)-1]
	}
	tr.Scenario.Events = events
	plan, err := planner.Simulate(tr.Spec, tr.Scenario)
	if err != nil {
		t.Fatal(err)
	}
	want, got := slices.Collect(outcomes(tr.All())), slices.Collect(outcomes(plan.Steps))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the controllers did this (-), the planner this (+):\n%s\n%s", tr, diff)
	}
}

func outcomes(steps []planner.Step) func(func([]string) bool) {
	return func(yield func([]string) bool) {
		for _, s := range steps {
			if !yield(trace.Outcomes(s)) {
				return
			}
		}
	}
}
