package compare

import (
	"slices"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/planner"
)

// Two things are decided by chance that no plan says, because they change no
// size. Both are known by their mechanism, and counted.

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

// keptMore tells whether a run came to the sizes of a predicted outcome with
// more of the pods that it had: fewer terminate, and those that were ready are
// still there.
//
// Where replicas is lowered in mid-rollout, a ReplicaSet may get a smaller size
// and its old one back two passes later: 29 and 4 pods, scaled 29 -> 4 with
// surge 4, become 7 and 1, 4 and 1, 4 and 4. syncReplicaSet goes by the size
// that it finds. If the one for 4 -> 1 is so late that it finds 4 again, the
// three pods live on, and none of them terminates. It takes a controller whose
// workers are all busy, or a machine with more to do than it can: no plan
// names what one run in thousands does, and no size differs.
func keptMore(want, got planner.Step) bool {
	outcomes := [][]planner.Revision{want.Revisions}
	for _, a := range want.Alternatives {
		outcomes = append(outcomes, a.Revisions)
	}
	return slices.ContainsFunc(outcomes, func(predicted []planner.Revision) bool {
		return slices.EqualFunc(predicted, got.Revisions, func(w, g planner.Revision) bool {
			return w.Revision == g.Revision && w.As == g.As && w.Desired == g.Desired && w.Ready <= g.Ready && w.Terminating >= g.Terminating
		})
	})
}
