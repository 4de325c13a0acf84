package planner

import (
	"cmp"
	"math"
	"slices"
)

// adopt brings the new ReplicaSet up to date, if it exists: it has the highest
// revision number of all, and the Deployment's minReadySeconds. Old
// ReplicaSets keep the minReadySeconds that they had.
//
// An undo thereby renumbers: with revisions 1, 2 and 3, undo to 1 makes it 4,
// and 1 is no longer in the history.
//
// Mirrors getNewReplicaSet and SetNewReplicaSetAnnotations.
func (d *deployment) adopt(target *replicaSet) {
	if target == nil {
		return
	}
	if next := d.highest(target) + 1; target.number < next {
		target.number = next
		d.writes++
	}
	if target.minReadySeconds != d.spec.MinReadySeconds {
		target.minReadySeconds = d.spec.MinReadySeconds
		d.writes++
	}
	if d.hasDeadline() && d.progress.reason == reasonNone {
		d.progressed(reasonFound)
	}
}

// highest is the highest revision number of all ReplicaSets but one.
func (d *deployment) highest(but *replicaSet) (number int64) {
	for _, rs := range d.sets {
		if rs != but && !rs.gone {
			number = max(number, rs.number)
		}
	}
	return number
}

// previous is the ReplicaSet that kubectl rollout undo goes back to without a
// --to-revision: the one with the second-highest number, or nil.
//
// Mirrors deploymentRevision of kubectl.
func (d *deployment) previous() *replicaSet {
	var last, second *replicaSet
	for _, rs := range d.sets {
		switch {
		case rs.gone:
		case last == nil || rs.number > last.number:
			last, second = rs, last
		case second == nil || rs.number > second.number:
			second = rs
		}
	}
	return second
}

// surplus lists the old ReplicaSets beyond revisionHistoryLimit that can be
// deleted, those with the lowest numbers first. One that still has pods is
// kept, but uses up its place: with limit 1, old ReplicaSets 1 (2 pods), 2 and
// 3, the first two are looked at, and only 2 is deleted.
//
// Mirrors cleanupDeployment.
func (d *deployment) surplus(target *replicaSet) []*replicaSet {
	if d.spec.RevisionHistoryLimit == math.MaxInt32 {
		return nil
	}
	var old []*replicaSet
	for _, rs := range d.sets {
		if rs != target && !rs.gone {
			old = append(old, rs)
		}
	}
	n := len(old) - int(d.spec.RevisionHistoryLimit)
	if n <= 0 {
		return nil
	}
	slices.SortStableFunc(old, func(a, b *replicaSet) int { return cmp.Compare(a.number, b.number) })
	return slices.DeleteFunc(old[:n], func(rs *replicaSet) bool {
		return rs.replicas != 0 || rs.observed.replicas != 0 || rs.pods() != 0
	})
}

// drop deletes ReplicaSets. Pods of them that terminate do so all the same.
func (d *deployment) drop(sets []*replicaSet) {
	for _, rs := range sets {
		rs.gone, rs.replicas, d.dropped = true, 0, true
		d.writes++
		d.moves = slices.DeleteFunc(d.moves, func(m move) bool { return m.set == rs })
	}
}
