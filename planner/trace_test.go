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
			t.Run(tr.Name, func(t *testing.T) { replay(t, tr) })
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
