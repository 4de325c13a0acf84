package planner

import (
	"cmp"
	"fmt"
	"slices"
)

// A daemonSet is one DaemonSet in simulation: one pod a node, and nodes that
// are alike are counted together. Spec.Replicas is the number of nodes.
type daemonSet struct {
	now      ms
	spec     Spec   // as the user last left it
	template int    // which pod template spec holds, counted from 1
	pods     []*Pod // of each template that was ever written
	history  []*daemonRevision
	sites    []site // all nodes
	kubelet  kubelet
	horizon  ms // no pod's age beyond this makes a difference

	writes        int              // what the controller ever did
	deeds         [deedKinds]int64 // pods that it deleted and created since the last step, by reason
	opened        bool             // now rests on a duration that nothing bounds
	jumped        float64          // seconds that were leapt over
	others        []Alternative    // where the choice of nodes makes a difference
	shadows       []*daemonSet     // other choices that look alike so far
	script        [][]int64        // the choices to make
	saved         *daemonSet       // memory for a copy
	choices       []choice         // that were made in the present event or round
	shares        [][]int64        // how they were made
	before, after []Revision       // see changes
	past          []daemonMark     // the last states, for leap
	begun         bool             // from a start, not from a finished rollout
}

// A daemonRevision is a ControllerRevision: a pod template that was current
// once. Its place in the history is its revision as created.
type daemonRevision struct {
	template int
	number   int64 // that Kubernetes shows
	pace     pace
	gone     bool // deleted by the history limit
}

// A site is a number of nodes that are alike.
type site struct {
	nodes   int64
	down    bool         // the kubelet is out of reach, and the node is tainted for it
	pods    [2]nodePod   // that do not terminate, oldest first; of revision 0 there is none
	leaving []leavingPod // terminating
}

// A nodePod is a pod on each node of a site.
type nodePod struct {
	revision int
	ready    bool
	at       ms // ready: since when; not ready: when it will be, or never
}

// A leavingPod is a terminating pod on each node of a site.
type leavingPod struct {
	revision int
	at       ms // when it is gone, or never
}

// newDaemonSet is a DaemonSet that has been running one revision for ever.
func newDaemonSet(spec Spec, k kubelet, horizon ms) *daemonSet {
	d := &daemonSet{spec: spec, template: 1, pods: []*Pod{&spec.Pod}, kubelet: k, horizon: horizon}
	d.history = []*daemonRevision{{template: 1, number: 1, pace: k.pace(spec.Pod)}}
	if spec.Replicas > 0 {
		d.sites = []site{{nodes: int64(spec.Replicas), pods: [2]nodePod{{revision: 1, ready: true, at: longAgo}}}}
	}
	return d
}

// count is the number of pods on each node that do not terminate.
func (s *site) count() int {
	for i, p := range s.pods {
		if p.revision == 0 {
			return i
		}
	}
	return len(s.pods)
}

// known says that the controller looks at the nodes at all: those that should
// run a pod, and those that have one, be it terminating.
func (s *site) known() bool { return !s.down || s.count() > 0 || len(s.leaving) > 0 }

// same says that the nodes of two sites are alike.
func (s *site) same(other *site) bool {
	return s.down == other.down && s.pods == other.pods && slices.Equal(s.leaving, other.leaving)
}

// current is the revision of the template as created, or 0.
func (d *daemonSet) current() int {
	for i, r := range d.history {
		if r.template == d.template && !r.gone {
			return i + 1
		}
	}
	return 0
}

// revision is what the history holds of a revision as created.
func (d *daemonSet) revision(n int) *daemonRevision { return d.history[n-1] }

// available says that a pod has been ready for minReadySeconds.
func (d *daemonSet) available(p nodePod) bool {
	return p.revision != 0 && p.ready && p.at <= d.now-seconds(d.spec.MinReadySeconds)
}

// split makes a site of its own of n nodes of another. Pointers to sites are
// void afterwards.
func (d *daemonSet) split(i int, n int64) int {
	if n == d.sites[i].nodes {
		return i
	}
	part := d.sites[i]
	part.nodes, part.leaving = n, slices.Clone(part.leaving)
	d.sites[i].nodes -= n
	d.sites = append(d.sites, part)
	return len(d.sites) - 1
}

// add creates a pod on each node of a site.
func (d *daemonSet) add(s *site, why deed) {
	n := d.current()
	s.pods[s.count()] = nodePod{revision: n, at: later(d.now, d.revision(n).pace.ready)}
	d.did(why, s.nodes)
}

// remove deletes one of the pods on each node of a site. Where the kubelet is
// out of reach they terminate until it is back.
func (d *daemonSet) remove(s *site, i int, why deed) {
	d.take(s, i)
	d.did(why, s.nodes)
}

func (d *daemonSet) take(s *site, i int) {
	p := s.pods[i]
	copy(s.pods[i:], s.pods[i+1:])
	s.pods[len(s.pods)-1] = nodePod{}
	pace := d.revision(p.revision).pace
	switch {
	case s.down:
		s.leaving = append(slices.Clone(s.leaving), leavingPod{p.revision, never})
	case !pace.instant:
		s.leaving = append(slices.Clone(s.leaving), leavingPod{p.revision, later(d.now, pace.leave)})
	}
}

// merge counts nodes together that are alike by now. Ages beyond the horizon
// make no difference.
func (d *daemonSet) merge() {
	kept := d.sites[:0]
	for i := range d.sites {
		s := d.sites[i]
		for j := range s.pods {
			if p := &s.pods[j]; p.ready && p.at <= d.now-d.horizon {
				p.at = longAgo
			}
		}
		k := slices.IndexFunc(kept, func(other site) bool { return other.same(&s) })
		if k < 0 {
			kept = append(kept, s)
		} else {
			kept[k].nodes += s.nodes
		}
	}
	d.sites = kept
}

// clone is a copy that shares nothing that changes.
func (d *daemonSet) clone() *daemonSet { return d.copyTo(nil) }

// copyTo is clone in the memory of an older copy, if there is one.
func (d *daemonSet) copyTo(old *daemonSet) *daemonSet {
	c := *d
	if old == nil {
		old = &daemonSet{}
	}
	c.sites = append(old.sites[:0], d.sites...) // lists of leaving pods are replaced, never changed
	c.history = old.history
	for len(c.history) < len(d.history) {
		c.history = append(c.history, &daemonRevision{})
	}
	c.history = c.history[:len(d.history)]
	for i, r := range d.history {
		*c.history[i] = *r
	}
	c.saved, c.past, c.others, c.before, c.after = nil, nil, nil, nil, nil
	c.shadows, c.script, c.choices, c.shares = nil, nil, nil, nil
	*old = c
	return old
}

// check refuses what no API server would take of a DaemonSet: exactly one of
// maxUnavailable and maxSurge is above zero, as written.
//
// Mirrors ValidateRollingUpdateDaemonSet.
func (s Spec) checkDaemonSet() error {
	if err := oneOf("update strategy", s.Strategy.Type, RollingUpdate, OnDelete); err != nil {
		return err
	}
	for _, field := range []struct {
		name  string
		value int32
	}{
		{"nodes", s.Replicas},
		{"maxSurge", s.Strategy.MaxSurge.Value},
		{"maxUnavailable", s.Strategy.MaxUnavailable.Value},
		{"minReadySeconds", s.MinReadySeconds},
		{"revisionHistoryLimit", s.RevisionHistoryLimit},
	} {
		if field.value < 0 {
			return fmt.Errorf("%s is %d, and cannot be negative", field.name, field.value)
		}
	}
	return s.CheckLimits()
}

// previous is the revision that kubectl rollout undo goes back to without a
// --to-revision: the one with the second-highest number, or 0.
func (d *daemonSet) previous() int {
	var all []int
	for i, r := range d.history {
		if !r.gone {
			all = append(all, i+1)
		}
	}
	if len(all) < 2 {
		return 0
	}
	slices.SortFunc(all, func(a, b int) int { return cmp.Compare(d.revision(a).number, d.revision(b).number) })
	return all[len(all)-2]
}
