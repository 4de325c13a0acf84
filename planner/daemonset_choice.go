package planner

import (
	"cmp"
	"slices"
)

// The controller goes over the nodes in no order: it takes them from a map. As
// long as they are alike nobody can tell. Where they are not, because pods of
// several old revisions are left, a step has the other outcomes as
// alternatives; and where the difference shows only later, say when the chosen
// nodes get rid of their old pods, it has them then. Until then the other
// choices are played beside the first one, as shadows of it.

// A choice says how many nodes are taken, and from how many of each kind.
type choice struct {
	nodes int64
	of    []int64
}

const (
	maxAlternatives = 32 // of a step
	maxShadows      = 32
	maxBranches     = 128 // other choices that are tried for one step
)

// chosenAtRandom is why a step has alternatives.
const chosenAtRandom = "the controller takes nodes in no order, and pods of several old revisions are left"

// choose takes n nodes of some sites, those with the oldest revision first
// unless script says otherwise.
//
//	2 nodes of 3 with revision 1 and 1 with revision 2: 2 and 0, but 1 and 1 may happen as well
func (d *daemonSet) choose(candidates []int, n int64) (chosen []int) {
	slices.SortStableFunc(candidates, func(a, b int) int {
		return cmp.Compare(d.sites[a].pods[0].revision, d.sites[b].pods[0].revision)
	})
	var total int64
	c := choice{}
	for _, i := range candidates {
		c.of = append(c.of, d.sites[i].nodes)
		total += d.sites[i].nodes
	}
	c.nodes = min(n, total)
	if c.nodes <= 0 {
		return nil
	}
	share := c.first()
	if len(candidates) > 1 && c.nodes < total {
		if k := len(d.choices); k < len(d.script) {
			share = d.script[k]
		}
		d.choices, d.shares = append(d.choices, c), append(d.shares, share)
	}
	for k, i := range candidates {
		if share[k] > 0 {
			chosen = append(chosen, d.split(i, share[k]))
		}
	}
	return chosen
}

// first takes as many as there are of the first kind, then of the next.
func (c choice) first() (share []int64) {
	left := c.nodes
	for _, nodes := range c.of {
		share = append(share, min(left, nodes))
		left -= share[len(share)-1]
	}
	return share
}

// each visits every share that there is, the first one first, until visit
// reports false.
func (c choice) each(visit func(share []int64) bool) {
	share := make([]int64, len(c.of))
	var take func(kind int, left int64) bool
	take = func(kind int, left int64) bool {
		if kind == len(c.of) {
			return left > 0 || visit(slices.Clone(share))
		}
		for share[kind] = min(left, c.of[kind]); share[kind] >= 0; share[kind]-- {
			if !take(kind+1, left-share[kind]) {
				return false
			}
		}
		return true
	}
	take(0, c.nodes)
}

// act plays one event or round, and what else the controller may make of it.
func (d *daemonSet) act(play func(*daemonSet) (bool, error)) (took bool, err error) {
	worlds := append([]*daemonSet{d}, d.shadows...)
	d.shadows = nil
	var found []*daemonSet
	branches := maxBranches
	for _, w := range worlds {
		w.saved = w.copyTo(w.saved)
		before := w.saved
		w.choices, w.shares, w.script = nil, nil, nil
		happened, fault := play(w)
		switch {
		case w == d:
			if took, err = happened, fault; err != nil {
				return false, err
			}
		case fault == nil:
			found = append(found, w)
		}
		found = append(found, before.branch(w, play, &branches)...)
	}
	for _, w := range found {
		d.tellApart(w, took)
	}
	return took, nil
}

// branch plays what another world did once more with every other choice, from
// the first on that its script did not make.
func (d *daemonSet) branch(other *daemonSet, play func(*daemonSet) (bool, error), branches *int) (found []*daemonSet) {
	for k := len(other.script); k < len(other.choices); k++ {
		other.choices[k].each(func(share []int64) bool {
			if slices.Equal(share, other.shares[k]) {
				return true
			}
			if *branches--; *branches < 0 {
				return false
			}
			w := d.clone()
			w.script = append(slices.Clone(other.shares[:k]), share)
			if _, err := play(w); err == nil {
				found = append(found, w)
				found = append(found, d.branch(w, play, branches)...)
			}
			return true
		})
	}
	return found
}

// tellApart keeps a world as a shadow as long as it looks like this one. One
// that does not is an alternative, if there is a step to have it.
func (d *daemonSet) tellApart(w *daemonSet, step bool) {
	own, _ := d.look()
	other, _ := w.look()
	if !slices.Equal(own.Revisions, other.Revisions) {
		known := slices.ContainsFunc(d.others, func(a Alternative) bool { return slices.Equal(a.Revisions, other.Revisions) })
		if step && !known && len(d.others) < maxAlternatives {
			d.others = append(d.others, Alternative{Revisions: other.Revisions, Why: chosenAtRandom})
		}
		return
	}
	timed := d.kubelet.readiness == Timed // the moments of its rounds would be others
	if !timed && len(d.shadows) < maxShadows && !w.equal(d) && !slices.ContainsFunc(d.shadows, w.equal) {
		d.shadows = append(d.shadows, w)
	}
}

// equal says that two worlds have the same future.
func (d *daemonSet) equal(other *daemonSet) bool {
	d.arrange()
	other.arrange()
	return slices.EqualFunc(d.sites, other.sites, func(a, b site) bool { return a.nodes == b.nodes && a.same(&b) }) &&
		slices.EqualFunc(d.history, other.history, func(a, b *daemonRevision) bool { return *a == *b })
}
