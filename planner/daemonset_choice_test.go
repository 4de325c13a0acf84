package planner_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/planner"
)

// TestDaemonSetShadow: which of two old pods gets a new one beside it shows
// only when the new one is available, a step later.
func TestDaemonSetShadow(t *testing.T) {
	spec := daemonSet(4, planner.Count(0), planner.Count(2))
	one := planner.Event{Type: planner.EventRun, Rounds: 1}
	p, err := planner.Simulate(spec, planner.Scenario{Readiness: planner.Together, Events: []planner.Event{
		{Type: planner.EventUpdate}, one, {Type: planner.EventUpdate}, one,
	}})
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"1:4/4/4"},
		{"1:4/4/4 2:2/0/0"},
		{"1:2/2/2 2:4/2/2"},
		{"1:2/2/2 2:2/2/2 3:2/0/0"}, // beside which of the four nobody can tell
		{"2:2/2/2 3:4/2/2", "1:2/2/2 3:4/2/2", "1:1/1/1 2:1/1/1 3:4/2/2"},
	}
	var got [][]string
	for _, s := range p.Steps {
		got = append(got, trace.Outcomes(s))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
