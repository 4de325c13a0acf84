package compare

import (
	"slices"

	"github.com/rollcast/rollcast/internal/trace"
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

// onlyDeadline tells whether two states differ in the Progressing condition
// and in nothing else.
func onlyDeadline(a, b planner.Step) bool {
	a.Conditions.Progressing, a.Alternatives = b.Conditions.Progressing, nil
	b.Alternatives = nil
	return trace.StateOf(a) == trace.StateOf(b)
}

// deadlineRaces tells whether chance decides if the controller notices that
// the progress deadline has passed in the last of the given states. It does
// once all pods of the version that was complete are gone before the new one
// has any that is available, as with a Recreate.
//
// syncRolloutStatus takes a rollout for complete while the Progressing
// condition says NewReplicaSetAvailable and status.replicas equals
// updatedReplicas, which 0 and 0 do as well. A pass of the controller at that
// moment leaves the condition of the rollout before. getNewReplicaSet replaces
// it as it creates the ReplicaSet, but a conflict loses that write, and the
// next pass finds the ReplicaSet and does not write it again. From then on
// DeploymentTimedOut says no. Whether there is such a pass, and whether one
// before it has seen some of the pods go and called that progress, is chance.
func deadlineRaces(steps []planner.Step) bool {
	unsure := false
	for i := 1; i < len(steps); i++ {
		had, kept := false, false
		for _, b := range steps[i-1].Revisions {
			for _, a := range steps[i].Revisions {
				kept = kept || a.Revision == b.Revision && a.Desired > 0 && b.Desired > 0
			}
			had = had || b.Desired > 0
		}
		unsure = unsure || had && !kept
		if at := steps[i]; at.Available == at.Pods && at.Pods > 0 && at.Conditions.Available {
			unsure = false // the condition is true again
		}
	}
	return unsure
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
