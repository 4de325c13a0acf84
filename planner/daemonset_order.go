package planner

import (
	"cmp"
	"slices"
)

// arrange puts the nodes into their order. An event that takes some of several
// pods, and a round that makes one of them ready, means the first ones, so that
// a scenario has one meaning; a cluster has no such order.
//
// What stands on a node decides. Of the pods that do not terminate, in the
// order of their creation, an older revision comes first, then a ready pod
// before one that waits, then the one that has been ready for longer; a node
// that has fewer such pods comes before one that has the same and more. Then
// the revisions of terminating pods decide in the same way.
//
//	a node with 2, one with 1 and 2, one with 1: the order is 1, 1 2, 2
func (d *daemonSet) arrange() {
	slices.SortStableFunc(d.sites, func(a, b site) int {
		return cmp.Or(
			slices.CompareFunc(a.pods[:a.count()], b.pods[:b.count()], d.compare),
			slices.Compare(a.departures(), b.departures()),
		)
	})
}

// compare is the order of two pods.
func (d *daemonSet) compare(a, b nodePod) int {
	return cmp.Or(cmp.Compare(a.revision, b.revision), d.waited(a, b))
}

// waited puts the pod first that has been ready for longer, and one that waits
// last. Ages beyond the longest minReadySeconds that a scenario has are alike.
func (d *daemonSet) waited(a, b nodePod) int {
	rank := func(p nodePod) (waiting int, since ms) {
		if !p.ready {
			return 1, p.at
		}
		return 0, max(p.at, d.now-d.horizon)
	}
	aWaits, aSince := rank(a)
	bWaits, bSince := rank(b)
	return cmp.Or(cmp.Compare(aWaits, bWaits), cmp.Compare(aSince, bSince))
}

// departures are the revisions of the terminating pods.
func (s *site) departures() []int {
	if len(s.leaving) == 0 {
		return nil
	}
	var revisions []int
	for _, p := range s.leaving {
		revisions = append(revisions, p.revision)
	}
	slices.Sort(revisions)
	return revisions
}
