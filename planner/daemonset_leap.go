package planner

import (
	"math"
	"slices"
)

// A daemonMark is a state as leap compares it: what must be equal for two
// states to be alike, and the nodes of each site, which may move from round
// to round. Moments are relative to now.
type daemonMark struct {
	shape []int64
	nodes []int64
	now   ms
}

// maxPeriod is the longest period in rounds that leap looks for: in timed mode
// one node may take a round to be free, one to be ready and one to be
// available.
const maxPeriod = 6

// leap implements controller. Two billion nodes that are updated one after the
// other take four billion rounds, all alike: one node less with the old
// version, one more with the new. Three states that lie one period apart and
// differ by the same nodes each time are such a stretch. The controller
// compares the nodes that are busy with the limit, and takes at most as many
// others as there are; so it goes on in the same way while no site that shrinks
// runs out of nodes, and the busy ones do not come down to the limit.
//
//	1,000,000 old, limit 1, 1 less in a period of 2 rounds: 999,998 periods at once
func (d *daemonSet) leap(limit int64) (rounds int64) {
	d.shadows = nil // nobody reads about alternatives any more
	d.past = append(d.past, d.mark())
	for p := 1; p <= maxPeriod && 2*p < len(d.past); p++ {
		last := len(d.past) - 1
		a, b, c := d.past[last-2*p], d.past[last-p], d.past[last]
		if !slices.Equal(a.shape, b.shape) || !slices.Equal(b.shape, c.shape) || b.now-a.now != c.now-b.now {
			continue
		}
		k := d.periods(a, b, c)
		if limit >= 0 {
			k = min(k, limit/int64(p))
		}
		if k <= 0 {
			continue
		}
		for i := range d.sites {
			d.sites[i].nodes += k * (c.nodes[i] - b.nodes[i])
		}
		d.jumped += float64(k) * float64(c.now-b.now) / 1000
		d.past = nil
		return k * int64(p)
	}
	if len(d.past) > 2*maxPeriod {
		d.past = slices.Delete(d.past, 0, 1)
	}
	return 0
}

// periods is how many periods more are like the last two, 0 if these differ.
func (d *daemonSet) periods(a, b, c daemonMark) int64 {
	surge, unavailable := d.limits()
	k, moves := int64(math.MaxInt64), false
	var busy, busier int64 // nodes that use up the limit, and by how many more in a period
	candidates := false
	for i := range c.nodes {
		move := c.nodes[i] - b.nodes[i]
		if b.nodes[i]-a.nodes[i] != move {
			return 0
		}
		switch s := &d.sites[i]; {
		case d.candidate(s):
			candidates = true
		case d.busy(s, surge > 0):
			busy, busier = busy+s.nodes, busier+move
		}
		if move < 0 {
			k, moves = min(k, c.nodes[i]/-move-2), true
		}
	}
	if !moves {
		return 0
	}
	// More pods than the limit were not available from the start: a candidate
	// is next as soon as enough of them are.
	if over := busy - max(surge, unavailable); candidates && busier != 0 {
		if over <= 0 || busier > 0 {
			return 0
		}
		k = min(k, over/-busier-2)
	}
	return max(k, 0)
}

// candidate says that a node has nothing but an available old pod, and waits
// for its turn.
func (d *daemonSet) candidate(s *site) bool {
	fresh, old := d.pair(s)
	return fresh < 0 && old >= 0 && d.available(s.pods[old])
}

// busy says that a node uses up the limit.
func (d *daemonSet) busy(s *site, surges bool) bool {
	fresh, old := d.pair(s)
	if surges {
		return fresh >= 0 && old >= 0 && !d.available(s.pods[fresh])
	}
	return s.known() && (fresh < 0 || old >= 0 || !d.available(s.pods[fresh])) && !d.candidate(s)
}

// mark is the present state.
func (d *daemonSet) mark() daemonMark {
	m := daemonMark{shape: []int64{int64(d.template), int64(len(d.history))}, now: d.now}
	relative := func(at ms) int64 {
		if at == never || at == longAgo {
			return int64(at)
		}
		return int64(at - d.now)
	}
	for i := range d.sites {
		s := &d.sites[i]
		m.nodes = append(m.nodes, s.nodes)
		down := int64(0)
		if s.down {
			down = 1
		}
		m.shape = append(m.shape, -1, down)
		for _, p := range s.pods[:s.count()] {
			ready := int64(0)
			if p.ready {
				ready = 1
			}
			m.shape = append(m.shape, int64(p.revision), ready, relative(p.at))
		}
		for _, p := range s.leaving {
			m.shape = append(m.shape, int64(p.revision), relative(p.at))
		}
	}
	return m
}
