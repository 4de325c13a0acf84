package planner

import "strings"

// A run is one simulation written down: the first steps as they are, and the
// extremes over all of them.
type run struct {
	d     *deployment
	limit int // how many steps are kept
	steps []Step
	times []moment        // of the steps
	whys  strings.Builder // the reasons of all steps, one behind the other
	why   []byte          // memory for one reason
	ends  []int           // where each step's reason ends
	slab  []Revision
	total int64 // steps, also those that are not kept
	extremes
	met      []Hazard
	waited   int   // the first step after a wait, or 0
	replicas int32 // spec.replicas at the last step

	// model is a run with other spans. This one then keeps no steps of its
	// own, only their times, and notes whether it goes through the same states.
	model   *run
	differs bool
}

// A moment is when a step is reached in one run.
type moment struct {
	at      ms
	skipped float64 // seconds to add
	open    bool    // this is only the least that is known
}

// newRun is a run at its step 0.
func newRun(spec Spec, sc Scenario, b bound, model *run) *run {
	k := kubelet{sc.Readiness, sc.Termination, sc.Assumptions, b}
	r := &run{d: newDeployment(spec, k, sc.horizon(spec)), limit: sc.MaxSteps, model: model}
	if sc.Start != nil {
		r.d.begin(sc.Start)
	}
	r.d.quiet = model != nil
	r.record(eventStart)
	return r
}

// eventStart is the event of step 0.
const eventStart EventType = "start"

// horizon is the longest minReadySeconds that the story knows: older pods are
// all alike.
func (sc Scenario) horizon(spec Spec) ms {
	most := spec.MinReadySeconds
	for _, e := range sc.Events {
		if e.Edit != nil && e.Edit.MinReadySeconds != nil {
			most = max(most, *e.Edit.MinReadySeconds)
		}
	}
	return seconds(most)
}

// play lets events happen, one after the other, and records every step.
func (r *run) play(events []Event) error {
	for i, e := range events {
		if err := r.d.apply(e); err != nil {
			return &EventError{i, e.Type, err}
		}
		switch e.Type {
		case EventRun:
			r.rounds(int64(e.Rounds))
			continue
		case EventWait:
			if r.waited == 0 {
				r.waited = int(r.total)
			}
		}
		r.record(e.Type)
	}
	return nil
}

// rounds plays readiness rounds, all that there are for a limit below 0.
func (r *run) rounds(limit int64) {
	var l leaper
	for n := int64(0); n != limit && r.d.round(); {
		r.record(EventRun)
		n++
		if r.total < longRun {
			continue
		}
		s, forever := l.find(r.d, limit-n)
		if forever {
			return
		}
		n += r.cover(s)
	}
	r.d.quiet = r.model != nil
}

// longRun is how many steps a run has before it pays to look for rounds that
// are all alike.
const longRun = 64
