package planner

import (
	"cmp"
	"slices"
)

// settle lets the controller run until it has nothing left to do. Each pass
// first makes sure that every node has its pod; only a pass in which nothing
// was missing or too many replaces pods of old revisions.
//
// Mirrors syncDaemonSet and updateDaemonSet. The limit of 250 pods in one pass
// is left out, because it only spreads the work over several passes.
func (d *daemonSet) settle() {
	for range maxPasses {
		d.adopt()
		if !d.manage() && (d.spec.Strategy.Type != RollingUpdate || !d.roll()) {
			break
		}
	}
	d.forget()
	d.merge()
}

// limits are the strategy in pods. Both round up, unlike a Deployment's
// maxUnavailable, and count nodes that can run a pod:
//
//	7 nodes, maxUnavailable 30 %: ceil(2.1) = 3
//	7 nodes, maxSurge 30 %: 3 more pods
//	10 nodes, 1 %: 1
//	10 nodes of which 1 is down, 50 %: ceil(4.5) = 5
//
// Mirrors updatedDesiredNodeCounts, UnavailableCount and SurgeCount.
func (d *daemonSet) limits() (surge, unavailable int64) {
	if d.spec.Strategy.Type != RollingUpdate {
		return 0, 0
	}
	desired := d.desired()
	surge = d.spec.Strategy.MaxSurge.of(int32(desired), roundUp)
	unavailable = d.spec.Strategy.MaxUnavailable.of(int32(desired), roundUp)
	if desired > 0 && surge == 0 && unavailable == 0 {
		unavailable = 1
	}
	return surge, unavailable
}

// desired is how many nodes should run a pod. One that is down is tainted, and
// the taint is not tolerated: a pod stays, but no new one comes.
//
// Mirrors NodeShouldRunDaemonPod.
func (d *daemonSet) desired() (nodes int64) {
	for i := range d.sites {
		if !d.sites[i].down {
			nodes += d.sites[i].nodes
		}
	}
	return nodes
}

// adopt makes a revision of a new template, and gives that of the present one
// the highest number of all.
//
// Mirrors constructHistory.
func (d *daemonSet) adopt() {
	n := d.current()
	var highest int64
	for i, r := range d.history {
		if i+1 != n && !r.gone {
			highest = max(highest, r.number)
		}
	}
	if n == 0 {
		d.history = append(d.history, &daemonRevision{template: d.template, number: highest + 1, pace: d.kubelet.pace(*d.pods[d.template-1])})
		d.writes++
	} else if r := d.revision(n); r.number <= highest {
		r.number = highest + 1
		d.writes++
	}
}

// manage creates pods on nodes that have none, and deletes what is too much:
// without surge all but the oldest, with it whatever is not the newest pod or
// an old one that serves until the newest is available.
//
// Without surge a terminating pod holds its successor back. With surge it does
// not: 4 nodes with maxSurge 2 have 6 pods and any number of terminating ones.
//
// Mirrors podsShouldBeOnNode.
func (d *daemonSet) manage() (changed bool) {
	before := d.writes
	surges := d.spec.Strategy.Type == RollingUpdate && d.spec.Strategy.MaxSurge.Value > 0
	for i := range d.sites {
		s := &d.sites[i]
		switch n := s.count(); {
		case n == 0:
			if !s.down && (surges || len(s.leaving) == 0) {
				d.add(s, deedMissing)
			}
		case n == 1:
		case !surges:
			d.remove(s, 1, deedExcess)
		default:
			d.thin(s)
		}
	}
	return d.writes != before
}

// thin keeps of two pods those that surge allows.
func (d *daemonSet) thin(s *site) {
	fresh, old := d.pair(s)
	switch {
	case fresh < 0 || old < 0:
		d.remove(s, 1, deedExcess)
	case !s.pods[old].ready:
		d.remove(s, old, deedUnhealthy)
	case d.available(s.pods[fresh]):
		d.remove(s, old, deedSucceeded)
	}
}

// pair finds the pod of the present revision and that of an old one, -1 where
// there is none.
//
// Mirrors findUpdatedPodsOnNode.
func (d *daemonSet) pair(s *site) (fresh, old int) {
	fresh, old = -1, -1
	current := d.current()
	for i := len(s.pods) - 1; i >= 0; i-- {
		switch s.pods[i].revision {
		case 0:
		case current:
			fresh = i
		default:
			old = i
		}
	}
	return fresh, old
}

// roll replaces pods of old revisions.
//
// Mirrors rollingUpdate.
func (d *daemonSet) roll() (changed bool) {
	before := d.writes
	if surge, unavailable := d.limits(); surge == 0 {
		d.replace(unavailable)
	} else {
		d.surge(surge)
	}
	return d.writes != before
}

// replace deletes old pods: those that are not available at once, even beyond
// the limit, and available ones as long as no more than the limit are missing.
// Nodes without a pod, also those on which one terminates, are missing.
//
//	5 nodes, limit 2, all old and available: 2 deleted
//	5 nodes, limit 1, 3 old not available: these 3, and no other
//	4 nodes, limit 1, one down with a terminating pod: none, until it is back
func (d *daemonSet) replace(limit int64) {
	d.merge()
	var missing int64
	var sick, candidates []int
	for i := range d.sites {
		s := &d.sites[i]
		if !s.known() {
			continue
		}
		fresh, old := d.pair(s)
		switch {
		case (fresh < 0) == (old < 0):
			missing += s.nodes
		case old < 0:
			if !d.available(s.pods[fresh]) {
				missing += s.nodes
			}
		case !d.available(s.pods[old]):
			sick = append(sick, i)
			missing += s.nodes
		default:
			candidates = append(candidates, i)
		}
	}
	for _, i := range sick {
		d.remove(&d.sites[i], 0, deedUnhealthy)
	}
	for _, i := range d.choose(candidates, limit-missing) {
		d.remove(&d.sites[i], 0, deedAllowed)
	}
}

// surge creates new pods beside old ones: beside those that are not available
// at once, and beside available ones as long as no more than the limit of them
// wait for a new pod. An old pod is deleted once its successor is available.
//
//	7 nodes, limit 3: 3 new, 10 pods; 3 available, 3 old deleted, 3 new more
//	4 nodes, limit 1, 2 old not available: 3 new
func (d *daemonSet) surge(limit int64) {
	d.merge()
	var surging int64
	var beside, candidates []int
	for i := range d.sites {
		s := &d.sites[i]
		fresh, old := d.pair(s)
		switch {
		case old < 0:
		case fresh >= 0:
			if d.available(s.pods[fresh]) {
				d.remove(s, old, deedSucceeded)
			} else {
				surging += s.nodes
			}
		case d.available(s.pods[old]):
			if !s.down {
				candidates = append(candidates, i)
			}
		case s.down:
			d.remove(s, old, deedUnhealthy)
		default:
			beside = append(beside, i)
		}
	}
	for _, i := range beside {
		d.add(&d.sites[i], deedUnhealthyBeside)
	}
	for _, i := range d.choose(candidates, limit-surging) {
		d.add(&d.sites[i], deedAllowedBeside)
	}
}

// forget deletes revisions beyond revisionHistoryLimit, those with the lowest
// numbers first. One that has a pod, be it terminating, is passed over.
//
// Mirrors cleanupHistory.
func (d *daemonSet) forget() {
	var old []int
	current := d.current()
	for i, r := range d.history {
		if !r.gone && i+1 != current {
			old = append(old, i+1)
		}
	}
	surplus := len(old) - int(d.spec.RevisionHistoryLimit)
	if surplus <= 0 {
		return
	}
	slices.SortFunc(old, func(a, b int) int { return cmp.Compare(d.revision(a).number, d.revision(b).number) })
	for _, n := range old {
		if surplus > 0 && !d.lives(n) {
			d.revision(n).gone = true
			surplus--
		}
	}
}

// lives says that some pod is of a revision.
func (d *daemonSet) lives(n int) bool {
	for i := range d.sites {
		s := &d.sites[i]
		if s.pods[0].revision == n || s.pods[1].revision == n ||
			slices.ContainsFunc(s.leaving, func(p leavingPod) bool { return p.revision == n }) {
			return true
		}
	}
	return false
}
