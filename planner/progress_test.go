package planner

import (
	"math"
	"testing"
	"time"
)

// TestProgressDeadline: the condition turns false when nothing has progressed
// for the deadline, changes no counts, and turns true again with progress.
func TestProgressDeadline(t *testing.T) {
	wait := func(seconds int) Event { return Event{Type: EventWait, Wait: time.Duration(seconds) * time.Second} }
	for _, test := range []struct {
		name   string
		limit  int32
		events []Event
		want   string // one letter a step: p for progressing, x for exceeded
	}{
		{"no progress", 600, []Event{update, wait(599), wait(1)}, "pppx"},
		{"progress starts it anew", 600, []Event{update, wait(599), ready(2, 1), wait(599), wait(1)}, "pppppx"},
		{"readiness comes back later", 600, []Event{update, wait(600), ready(2, 1)}, "ppxp"},
		{"a pod that stops being ready is no progress", 600, []Event{update, wait(599), sick(1, 1), wait(1)}, "ppppx"},
		{"not after the rollout is complete", 600, []Event{wait(6000)}, "pp"},
		{"not while paused, and anew after", 600, []Event{update, wait(599), pause, wait(6000), resume, wait(599), wait(1)}, "pppppppx"},
		{"a pause does not undo it", 600, []Event{update, wait(600), pause, resume}, "ppxxx"},
		{"so is a pod that is deleted by hand and replaced", 600, []Event{update, wait(600), remove(2, 1)}, "ppxp"},
		{"an undo is progress", 600, []Event{update, wait(600), undo}, "ppxp"},
		{"no deadline", math.MaxInt32, []Event{update, wait(1 << 30)}, "ppp"},
		{"a deadline that is set later runs from then", math.MaxInt32,
			[]Event{update, wait(1000), edit(Edit{ProgressDeadlineSeconds: ptr[int32](60)}), wait(59), wait(1)}, "pppppx"},
	} {
		spec := rolling(4, Count(1), Count(1))
		spec.ProgressDeadlineSeconds = test.limit
		plan := simulate(t, spec, Scenario{Readiness: Manual, Events: test.events})
		var got []byte
		for _, s := range plan.Steps {
			if s.Conditions.Progressing {
				got = append(got, 'p')
			} else {
				got = append(got, 'x')
			}
		}
		if string(got) != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// TestAvailableCondition: true while no more than unavailable pods are missing.
func TestAvailableCondition(t *testing.T) {
	plan := simulate(t, rolling(4, Count(1), Count(1)), Scenario{Readiness: Manual, Events: []Event{sick(1, 1), sick(1, 1), ready(1, 2), scale(6)}})
	want := []bool{true, true, false, true, false}
	for i, s := range plan.Steps {
		if s.Conditions.Available != want[i] {
			t.Errorf("step %d: available %v, want %v", i, s.Conditions.Available, want[i])
		}
	}
}

// TestMinReadySeconds: it is copied to the new ReplicaSet only, and a longer
// one takes availability away from young pods.
func TestMinReadySeconds(t *testing.T) {
	wait := Event{Type: EventWait, Wait: 10 * time.Second}
	plan := simulate(t, rolling(4, Count(1), Count(1)), Scenario{Readiness: Manual, Events: []Event{
		update, ready(2, 2), edit(Edit{MinReadySeconds: ptr[int32](10)}), wait}})
	want := []int64{4, 3, 3, 1, 3}
	for i, s := range plan.Steps {
		if s.Available != want[i] {
			t.Errorf("step %d (%s): %d available, want %d: %s", i, s.Event, s.Available, want[i], sets(s.Revisions))
		}
	}
}
