package planner

import "math"

// ifBad plays the same change with a new version that never becomes ready, and
// then the undo. Where it stops is the plateau: old pods replicas-unavailable,
// new pods the rest of what surge allows.
//
//	10 replicas, 30 % and 20 %: 8 old and 5 new, and 8 pods serve on
//	 3 replicas, 25 % and 25 %: 3 old and 1 new
//	 Recreate: none old, all new, and nothing serves
//
// The controller only reports it, once the progress deadline has passed; it
// never goes back by itself. Undo scales the new ReplicaSet down and the old
// one up, in the same way as any rollout.
//
// It is nil where the scenario is not one update that is run to its end, or
// where nothing can go wrong: without replicas, or paused.
func ifBad(spec Spec, sc Scenario) *IfBad {
	if len(sc.Events) != 2 || sc.Events[0].Type != EventUpdate || !sc.runsToEnd() {
		return nil
	}
	sc.Readiness = Never
	r := newRun(spec, sc, longest, nil)
	if err := r.play(sc.Events); err != nil || r.outcome(sc) != Stalled {
		return nil
	}
	// By the time that anyone notices, what was terminating is gone.
	if err := r.d.change(Event{Type: EventTerminated}); err != nil {
		return nil
	}
	bad := &IfBad{Outcome: Stalled, Revisions: r.revisions(), Available: r.state().Available, Undo: []Step{}}
	if deadline := r.d.spec.ProgressDeadlineSeconds; deadline != math.MaxInt32 {
		bad.DetectedAfterSeconds = int64(deadline)
	}
	plateau := len(r.steps)
	if err := r.play([]Event{{Type: EventUndo}, sc.Events[1]}); err != nil {
		return bad
	}
	r.reasons(plateau)
	bad.Undo = r.steps[plateau:]
	return bad
}
