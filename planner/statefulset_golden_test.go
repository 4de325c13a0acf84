package planner_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/planner"
)

// TestStatefulSetGolden holds the words of whole plans: what each step does and
// waits for, the hazards, and the way back.
func TestStatefulSetGolden(t *testing.T) {
	update, end := planner.Event{Type: planner.EventUpdate}, planner.Event{Type: planner.EventRun, Rounds: planner.RunToEnd}
	edited := func(change func(*planner.Spec)) planner.Spec {
		s := db
		change(&s)
		return s
	}
	var b strings.Builder
	for _, tc := range []struct {
		name   string
		spec   planner.Spec
		mode   planner.Readiness
		events []planner.Event
	}{
		{"an update", db, planner.Together, []planner.Event{update, end}},
		{"an update that never becomes ready", db, planner.Never, []planner.Event{update, end}},
		{"its undo", db, planner.Never, []planner.Event{update, end, {Type: planner.EventUndo}, end}},
		{"one pod", edited(func(s *planner.Spec) { s.Replicas = 1 }), planner.Together, []planner.Event{update, end}},
		{"Parallel", edited(func(s *planner.Spec) { s.Set.Parallel = true }), planner.Together, []planner.Event{update, end}},
		{"maxUnavailable 2 of 5, Parallel", edited(func(s *planner.Spec) {
			s.Replicas, s.Set.Parallel, s.Set.MaxUnavailableWorks, s.Strategy.MaxUnavailable = 5, true, true, planner.Percent(50)
		}), planner.Together, []planner.Event{update, end}},
		{"partition 2", edited(func(s *planner.Spec) { s.Set.Partition = 2 }), planner.Together, []planner.Event{update, end}},
		{"OnDelete", edited(func(s *planner.Spec) { s.Strategy.Type = planner.OnDelete }), planner.Together, []planner.Event{update, end}},
		{"minReadySeconds 10, a pod at a time", edited(func(s *planner.Spec) { s.MinReadySeconds = 10 }), planner.Timed, []planner.Event{update, end}},
		{"scaled up and down, with claims that follow", edited(func(s *planner.Spec) { s.Set.ClaimsFollowScale = true }), planner.Together,
			[]planner.Event{{Type: planner.EventScale, Replicas: 5}, end, {Type: planner.EventScale, Replicas: 2}, end}},
		{"ordinals from 5", edited(func(s *planner.Spec) { s.Set.Start, s.Replicas = 5, 2 }), planner.Together, []planner.Event{update, end}},
	} {
		plan, err := planner.Simulate(tc.spec, planner.Scenario{Readiness: tc.mode, Termination: planner.TerminateNext, Events: tc.events})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "# %s\n", tc.name)
		write := func(steps []planner.Step) {
			for i, words := range trace.StatefulSetWords(steps) {
				fmt.Fprintf(&b, "%-7s %s\n        %s\n", steps[i].Event, words, steps[i].Why)
			}
		}
		write(plan.Steps)
		fmt.Fprintf(&b, "%s, at least %d of %d available\n", plan.Outcome, plan.MinAvailable, plan.Replicas.To)
		for _, h := range plan.Hazards {
			fmt.Fprintf(&b, "hazard %s at step %d: %s (%s)\n", h.Hazard, h.Step, h.Message, h.Field)
		}
		if bad := plan.IfBad; bad != nil {
			fmt.Fprintf(&b, "if bad: %s with %d available; by hand %v\n", trace.Revisions(bad.Revisions), bad.Available, bad.Delete)
			write(bad.Undo)
		}
		b.WriteByte('\n')
	}
	const file = "testdata/statefulset.txt"
	if os.Getenv("UPDATE") == "1" {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("UPDATE=1 rewrites it (-%s +planner):\n%s", file, diff)
	}
}
