package compare

import (
	"slices"

	"github.com/rollcast/rollcast/planner"
)

// raceFault says why the controllers do not race at a step for which several
// outcomes are predicted, or "". They race in three situations only:
//
//  1. ReplicaSets shrink because spec.replicas was lowered, while several of
//     them have pods. The Deployment controller may run again before the
//     ReplicaSet controllers have lowered their status. It need not be the
//     event that lowers it: a Recreate does not scale in proportion, so its
//     ReplicaSets shrink when the strategy changes.
//  2. In one batch pods of two ReplicaSets become ready, or available.
//     The Deployment controller may see the one before the other.
//  3. The new ReplicaSet takes over a longer minReadySeconds, and pods of it
//     are available no more. The Deployment controller may run again before
//     the ReplicaSet controller has said so.
func raceFault(c Case, flat []planner.Step, step, event int) string {
	if step == 0 || event < 0 || event >= len(c.Scenario.Events) {
		return "it is no event's"
	}
	before := flat[step-1]
	sized, moving, young := 0, 0, 0
	var ready bool // a newer ReplicaSet has the one pod that becomes ready
	for _, r := range slices.Backward(before.Revisions) {
		if r.Desired > 0 {
			sized++
		}
		if r.Ready > r.Available {
			young++
		}
		if r.Ready > r.Available || r.NotReady > 0 && !ready {
			moving++
		}
		ready = ready || r.NotReady > 0 && c.Scenario.Readiness == planner.OneByOne
	}
	e := c.Scenario.Events[event]
	if agesAnew(before, flat[step]) {
		return ""
	}
	switch e.Type {
	case planner.EventScale, planner.EventEdit, planner.EventUpdate:
		if !lowered(c, flat, step, event) {
			return "replicas was not lowered"
		}
		if sized < 2 {
			return "fewer than two ReplicaSets have pods"
		}
		return ""
	case planner.EventRun:
		if moving < 2 {
			return "the pods of one ReplicaSet at most become ready or available"
		}
		return ""
	case planner.EventWait:
		if young < 2 {
			return "the pods of one ReplicaSet at most become available"
		}
		return ""
	default:
		return "the event is " + string(e.Type)
	}
}

// agesAnew tells whether pods of a ReplicaSet are ready as before and available
// no more.
func agesAnew(before, after planner.Step) bool {
	for _, a := range after.Revisions {
		for _, b := range before.Revisions {
			if a.Revision == b.Revision && a.Ready-a.Available > b.Ready-b.Available {
				return true
			}
		}
	}
	return false
}

// lowered tells whether spec.replicas was lowered since the ReplicaSets got
// the sizes that they have before a step.
func lowered(c Case, flat []planner.Step, step, event int) bool {
	for ; event >= 0 && step > 0; step, event = step-1, event-1 {
		if lowers(c, event) {
			return true
		}
		e := c.Scenario.Events[event]
		if e.Type == planner.EventRun || step < 2 || !slices.Equal(sizes(flat[step-1]), sizes(flat[step-2])) {
			return false
		}
	}
	return false
}

// sizes are the sizes of a step's ReplicaSets.
func sizes(s planner.Step) (all []int32) {
	for _, r := range s.Revisions {
		all = append(all, r.Desired)
	}
	return all
}

// lowers tells whether an event lowers spec.replicas.
func lowers(c Case, event int) bool {
	replicas := c.Spec.Replicas
	for i, e := range c.Scenario.Events[:event+1] {
		n := replicas
		switch {
		case e.Type == planner.EventScale:
			n = e.Replicas
		case e.Edit != nil && e.Edit.Replicas != nil:
			n = *e.Edit.Replicas
		}
		if i == event {
			return n < replicas
		}
		replicas = n
	}
	return false
}
