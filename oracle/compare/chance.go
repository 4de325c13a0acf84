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
// the progress deadline has passed in the last of the given states. As long as
// the Progressing condition says NewReplicaSetAvailable, DeploymentTimedOut
// says no, and a rollout that begins may fail to replace that reason:
//
//   - All pods of the version before are gone before the new one has any, as
//     with a Recreate. syncRolloutStatus takes a rollout for complete while the
//     reason is that one and status.replicas equals updatedReplicas, which 0
//     and 0 do as well. getNewReplicaSet replaces the reason as it creates the
//     ReplicaSet, but a conflict loses that write, and the next pass finds the
//     ReplicaSet and does not write it again.
//
//   - An undo finds its ReplicaSet and creates none. The reason is replaced
//     when updatedReplicas is seen to grow, from the 0 of the version that
//     comes back. If the status with that 0 loses to a conflict, 1 updated pod
//     of the one version follows on 1 of the other, and nothing has grown.
//
//   - A pod is deleted by hand. The ReplicaSet controller reports that it is
//     missing, and then the one that takes its place. A Deployment controller
//     that sees both takes it for progress, one that is late sees neither.
//
// Whether there is such a pass, and whether one before it has called something
// progress, is chance: 1 to 25 of 100 runs.
func deadlineRaces(steps []planner.Step) bool {
	unsure := false
	for i := 1; i < len(steps); i++ {
		before, after := steps[i-1].Revisions, steps[i].Revisions
		switch event := steps[i].Event; {
		case replaced(before, after), undone(before, after), event == string(planner.EventDelete):
			unsure = true
		case event == string(planner.EventUpdate) && len(after) > len(before):
			// Another rollout, with a condition of its own. One that waits for
			// the last pod to go has no ReplicaSet yet that would bring it.
			unsure = false
		}
	}
	return unsure
}

// replaced tells whether no version that had pods has any left.
func replaced(before, after []planner.Revision) bool {
	had := false
	for _, b := range before {
		for _, a := range after {
			if a.Revision == b.Revision && a.Desired > 0 && b.Desired > 0 {
				return false
			}
		}
		had = had || b.Desired > 0
	}
	return had
}

// undone tells whether an undo has given a version another number.
func undone(before, after []planner.Revision) bool {
	return slices.ContainsFunc(after, func(a planner.Revision) bool {
		return a.As != 0 && !slices.ContainsFunc(before, func(b planner.Revision) bool { return b.Revision == a.Revision && b.As == a.As })
	})
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
