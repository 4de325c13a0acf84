package planner

import (
	"slices"
	"strings"
)

// The Deployment controller and the ReplicaSet controllers run at the same
// time. Between two quiescent states the Deployment controller may act on a
// ReplicaSet's status from before its pods changed. Nearly always the end is
// the same, because a stale status only makes it wait. There are two
// exceptions, and a plan names what else they may lead to:
//
//  1. replicas is lowered in mid-rollout. The sizes are new, the statuses are
//     not: old 6 wanted/2 ready and new 8/4, scaled 12 -> 4 with surge 2, becomes
//     3 and 3; if the controller runs again before the statuses follow, it
//     counts 4 available pods in a ReplicaSet of 3, thinks that the old pods can
//     go, and ends in 0 and 4 instead of 1 and 4.
//  2. pods of two ReplicaSets become ready or available in one batch, and the
//     controller looks between the two statuses: pods that are counted as not
//     available are cleaned up although they are.
//
// explore tries every order of the controllers' passes and returns the states
// in which they end, other than the one of settle.

// maxExplored bounds the orders that explore looks at; found outcomes stay
// valid when it is reached.
const maxExplored = 2_000

// explore returns the other quiescent states that the controllers may reach
// from here.
func (d *deployment) explore(why string) []Alternative {
	settled := d.clone()
	settled.settle()
	seen := map[string]bool{}
	ends := map[string]bool{settled.key(): true}
	var others []*deployment
	todo := []*deployment{d.clone()}
	for len(todo) > 0 && len(seen) < maxExplored {
		state := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		key := state.key()
		if seen[key] {
			continue
		}
		seen[key] = true
		next := state.successors(key)
		if len(next) == 0 && !ends[key] {
			ends[key] = true
			others = append(others, state)
		}
		todo = append(todo, next...)
	}
	return alternatives(others, why)
}

// successors are the states that one pass of one controller leads to.
func (d *deployment) successors(key string) (next []*deployment) {
	c := d.clone()
	c.sync()
	if c.key() != key {
		next = append(next, c)
	}
	for i := range d.sets {
		c := d.clone()
		c.syncSet(c.sets[i])
		if c.key() != key {
			next = append(next, c)
		}
	}
	return next
}

// key tells states apart by what controllers and readers see of them; what
// the Progressing condition remembers is left out.
func (d *deployment) key() string {
	var b strings.Builder
	write := func(n int32) {
		b.Write([]byte{byte(n), byte(n >> 8), byte(n >> 16), byte(n >> 24)})
	}
	for _, rs := range d.sets {
		for _, n := range []int32{int32(rs.revision), rs.replicas, rs.desiredNote, rs.maxNote, rs.observed.replicas, rs.observed.ready, rs.observed.available, rs.waiting.count(), rs.ready.count()} {
			write(n)
		}
		if rs.gone {
			write(-1)
		}
	}
	return b.String()
}

// alternatives writes states as a step does, in a fixed order.
func alternatives(states []*deployment, why string) []Alternative {
	var list []Alternative
	for _, d := range states {
		list = append(list, Alternative{Revisions: (&run{d: d}).revisions(), Why: why})
	}
	slices.SortFunc(list, func(a, b Alternative) int {
		return slices.CompareFunc(a.Revisions, b.Revisions, func(a, b Revision) int {
			for _, c := range []int32{a.Desired - b.Desired, a.Ready - b.Ready, a.Available - b.Available} {
				if c != 0 {
					return int(c)
				}
			}
			return a.Revision - b.Revision
		})
	})
	return slices.CompactFunc(list, func(a, b Alternative) bool { return slices.Equal(a.Revisions, b.Revisions) })
}
