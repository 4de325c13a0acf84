package planner

import (
	"fmt"
	"strings"
	"testing"
)

// numbers lists the ReplicaSets that exist as created=number.
func numbers(d *deployment) string {
	var list []string
	for _, rs := range d.sets {
		if !rs.gone {
			list = append(list, fmt.Sprintf("%d=%d", rs.revision, rs.number))
		}
	}
	return strings.Join(list, " ")
}

// TestRevisionNumbers: an undo gives its ReplicaSet the next number, and the
// old number is no longer in the history.
func TestRevisionNumbers(t *testing.T) {
	for _, test := range []struct {
		limit  int32
		events []Event
		want   string
	}{
		{10, []Event{update, toTheEnd}, "1=1 2=2"},
		{10, []Event{update, toTheEnd, undo, toTheEnd}, "1=3 2=2"},
		{10, []Event{update, toTheEnd, undo, toTheEnd, undo, toTheEnd}, "1=3 2=4"},
		{10, []Event{update, update, toTheEnd, undoTo(1), toTheEnd}, "1=4 2=2 3=3"},
		{10, []Event{update, update, toTheEnd, undoTo(1), toTheEnd, undo, toTheEnd}, "1=4 2=2 3=5"},
		{10, []Event{update, toTheEnd, undo, toTheEnd, update, toTheEnd}, "1=3 2=2 3=4"},
		{10, []Event{update, undoTo(2), toTheEnd}, "1=1 2=2"}, // its template already
		{10, []Event{pause, update, update, resume, toTheEnd}, "1=1 2=2"},

		// The history limit counts old ReplicaSets, and deletes at the end of a rollout.
		{1, []Event{update, toTheEnd, update, toTheEnd}, "2=2 3=3"},
		{0, []Event{update, toTheEnd}, "2=2"},
		{0, []Event{update, rounds(1)}, "1=1 2=2"},
		{2, []Event{update, update, update, toTheEnd}, "2=2 3=3 4=4"},
		// The lowest numbers go, not the oldest ReplicaSets.
		{1, []Event{update, toTheEnd, undo, toTheEnd, update, toTheEnd}, "1=3 3=4"},
		// A number that was given out does not come back.
		{0, []Event{update, toTheEnd, update, toTheEnd}, "3=3"},
		// A paused Deployment cleans up too.
		{0, []Event{update, toTheEnd, edit(Edit{RevisionHistoryLimit: ptr[int32](1)}), update, toTheEnd, pause,
			edit(Edit{RevisionHistoryLimit: ptr[int32](0)})}, "3=3"},
	} {
		spec := rolling(4, Count(1), Count(1))
		spec.RevisionHistoryLimit = test.limit
		sc, err := (Scenario{Readiness: Together}).complete()
		if err != nil {
			t.Fatal(err)
		}
		r := newRun(spec, sc, longest, nil)
		if err := r.play(test.events); err != nil {
			t.Fatal(err)
		}
		if got := numbers(r.d); got != test.want {
			t.Errorf("limit %d, %v: %s, want %s", test.limit, test.events, got, test.want)
		}
	}
}

// TestAs: a step shows the number that Kubernetes shows where it is not the
// one in order of creation.
func TestAs(t *testing.T) {
	plan := simulate(t, rolling(2, Count(1), Count(0)), Scenario{Readiness: Together, Events: []Event{update, toTheEnd, undo, toTheEnd, update}})
	var got []string
	for _, r := range plan.Steps[len(plan.Steps)-1].Revisions {
		got = append(got, fmt.Sprintf("%d as %d", r.Revision, r.As))
	}
	if want := "1 as 3, 3 as 4"; strings.Join(got, ", ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}
