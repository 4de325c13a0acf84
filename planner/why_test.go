package planner

import "testing"

// TestWhy: what a standstill waits for is said, pod counts are grammatical, and
// after an undo pods go by their revision.
func TestWhy(t *testing.T) {
	spec := Spec{Kind: Deployment, Replicas: 1, MinReadySeconds: 90, ProgressDeadlineSeconds: 600, RevisionHistoryLimit: 10,
		Strategy: Strategy{Type: RollingUpdate, MaxSurge: Count(1), MaxUnavailable: Count(0)}}
	plan, err := Simulate(spec, Scenario{Readiness: Manual, Events: []Event{
		{Type: EventUpdate},
		{Type: EventPause},
		{Type: EventResume},
		{Type: EventReady, Revision: 2, Pods: 1},
		{Type: EventWait, Wait: 90e9},
		{Type: EventUndo},
	}})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{
		"before: 1 of revision 1",
		"1 wanted: 0→1 new",
		"paused: no ReplicaSet is created or rolled",
		"2 pods of 2 allowed, 1 available of 1 needed; 1 new not ready",
		"2 pods of 2 allowed, 1 available of 1 needed; 1 new ready, available after 1m30s",
		"1 must stay available: 1→0 old",
		"1 wanted: 0→1 of revision 1",
	} {
		if got := plan.Steps[i].Why; got != want {
			t.Errorf("step %d: %q, want %q", i, got, want)
		}
	}
}

func TestNumber(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0", 9999: "9999", 10_000: "10,000", 123_456: "123,456", 2147483647: "2,147,483,647",
		-5: "-5", -123_456: "-123,456", -2147483648: "-2,147,483,648",
	} {
		if got := digits(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}

// TestWhyWithoutReplicaSet scales an undone Deployment to 0 and gives it a new
// template while its pods terminate: a Recreate creates no ReplicaSet yet, and
// yet 0 of 0 pods are available.
func TestWhyWithoutReplicaSet(t *testing.T) {
	recreate := Recreate
	plan, err := Simulate(rolling(2, Count(1), Count(0)), Scenario{Readiness: Together, Termination: TerminateManual, Events: []Event{
		{Type: EventUpdate}, {Type: EventUndo}, {Type: EventScale}, {Type: EventEdit, Edit: &Edit{Strategy: &recreate}}, {Type: EventUpdate},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if last := plan.Steps[len(plan.Steps)-1]; last.Why != "3 old terminating, no new before they are gone" {
		t.Errorf("got %q", last.Why)
	}
}
