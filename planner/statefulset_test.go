package planner_test

import (
	"errors"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/planner"
)

// TestStatefulSetTraces replays what the real controller did.
func TestStatefulSetTraces(t *testing.T) {
	text, err := os.ReadFile("../testdata/traces/statefulset.txt")
	if err != nil {
		t.Fatal(err)
	}
	texts, err := trace.ParseText(text)
	if err != nil || len(texts) < 71 {
		t.Fatalf("%d traces, %v", len(texts), err)
	}
	for _, tr := range texts {
		t.Run(tr.Name, func(t *testing.T) { replayStatefulSet(t, tr) })
	}
}

func replayStatefulSet(t *testing.T, tr trace.Text) {
	spec, sc, err := tr.Script()
	if err != nil {
		t.Fatal(err)
	}
	sc.Events = sc.Events[:len(tr.States)-1]
	if tr.Refused {
		last := len(sc.Events) - 1
		var refused *planner.EventError
		if _, err := planner.Simulate(spec, sc); !errors.As(err, &refused) || refused.Index != last {
			t.Errorf("event %d is refused; got error %v", last, err)
		}
		sc.Events = sc.Events[:last]
	}
	plan, err := planner.Simulate(spec, sc)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	got := trace.StatefulSetWords(plan.Steps)
	for i, state := range slices.Concat(tr.States...) {
		// Before 1.36 the controller at times acts on an old status. The
		// planner has the outcome in which it does not.
		if len(state.Outcomes) > 1 && spec.Minor != 0 && spec.Minor < 36 && i < len(got) && slices.Contains(state.Outcomes, got[i]) {
			state.Outcomes = []string{got[i]}
		}
		if len(state.Outcomes) != 1 {
			t.Fatalf("%d outcomes", len(state.Outcomes))
		}
		want = append(want, state.Outcomes[0])
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the controller did this (-), the planner this (+):\n%s\n%s", tr, diff)
	}
	for _, s := range plan.Steps {
		if s.Why == "" {
			t.Errorf("step %d has no reason", s.Index)
		}
	}
}
