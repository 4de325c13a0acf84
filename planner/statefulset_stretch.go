package planner

import "slices"

// A StatefulSet of two billion pods is updated in two billion rounds that are
// all alike, but for the ordinals. They are skipped as stretch.go explains: a
// period of rounds that moves every number by a fixed difference, and in which
// the controller decides in the same way at both ends of a stretch, does so
// everywhere in between.

// A setSnapshot is a state in numbers: those that must be equal for two states
// to be alike, and those that may move from period to period, which are
// ordinals and numbers of pods. Moments are relative to now.
type setSnapshot struct{ shape, counts []int64 }

// snapshot writes the present state down.
func (s *statefulSet) snapshot(to *setSnapshot) {
	to.shape = append(to.shape[:0], int64(s.template), int64(s.current), int64(s.update), int64(len(s.revisions)), int64(len(s.claims)))
	for _, r := range s.revisions {
		to.shape = append(to.shape, int64(r.revision), r.number)
	}
	for _, r := range s.rows {
		if r.at != never && r.at != longAgo {
			r.at -= s.now
		}
		doomed := int64(0)
		if r.doomed {
			doomed = 1
		}
		to.shape = append(to.shape, int64(r.revision), int64(r.phase), int64(r.at), doomed)
	}
	to.counts = to.counts[:0]
	s.eachCount(func(n *int64) { to.counts = append(to.counts, *n) })
}

// eachCount visits every number that may move.
func (s *statefulSet) eachCount(visit func(*int64)) {
	visit(&s.currentReplicas)
	for i := range s.rows {
		visit(&s.rows[i].first)
		visit(&s.rows[i].n)
	}
	for i := range s.claims {
		visit(&s.claims[i].lo)
		visit(&s.claims[i].hi)
	}
}

// shift moves every number k times by its difference. It reports false, with
// the state spoilt, where that leaves a row without pods.
func (s *statefulSet) shift(v []int64, k int64) bool {
	i, fits := 0, true
	s.eachCount(func(n *int64) {
		by := v[i]
		i++
		if by != 0 && k > endOfOrdinals/max(by, -by) {
			fits = false
			return
		}
		*n += k * by
		fits = fits && *n >= 0
	})
	end := int64(0)
	for _, r := range s.rows {
		fits = fits && r.n > 0 && r.first >= end && r.end() <= endOfOrdinals
		end = r.end()
	}
	return fits
}

// A setLeaper compares each state with one some rounds earlier, the anchor, and
// moves the anchor up after 1, 2, 4, … rounds, so that it finds a period of any
// length.
type setLeaper struct {
	anchor, now setSnapshot
	age, reach  int64
}

// leap implements controller.
func (s *statefulSet) leap(limit int64) int64 {
	l := &s.leaper
	l.age++
	s.snapshot(&l.now)
	if slices.Equal(l.anchor.shape, l.now.shape) {
		v := make([]int64, len(l.now.counts))
		for i := range v {
			v[i] = l.now.counts[i] - l.anchor.counts[i]
		}
		if k, lasts := s.farthest(v, l.age, limit); k > 0 {
			s.shift(v, k)
			s.skipped += float64(k) * float64(lasts) / 1000
			rounds := k * l.age
			*l = setLeaper{}
			return rounds
		}
	}
	if l.age >= l.reach {
		s.snapshot(&l.anchor)
		l.age, l.reach = 0, max(1, 2*l.reach)
	}
	return 0
}

// farthest is the largest number of periods that are all alike from the present
// state on, of which the last still is, and how long one lasts.
func (s *statefulSet) farthest(v []int64, period, limit int64) (k int64, lasts ms) {
	trail, lasts, ok := s.onePeriod(v, 0, period)
	if !ok || !slices.ContainsFunc(v, func(n int64) bool { return n != 0 }) {
		return 0, 0
	}
	alike := func(k int64) bool {
		if limit >= 0 && k*period > limit {
			return false
		}
		t, _, ok := s.onePeriod(v, k, period)
		return ok && t == trail
	}
	high := int64(1)
	for alike(high) {
		k, high = high, 2*high
	}
	for high-k > 1 {
		if middle := k + (high-k)/2; alike(middle) {
			k = middle
		} else {
			high = middle
		}
	}
	return k, lasts
}

// onePeriod plays one period from the state that lies k differences on. ok says
// that it moved that state by exactly one difference.
func (s *statefulSet) onePeriod(v []int64, k, period int64) (trail uint64, lasts ms, ok bool) {
	c := s.clone()
	if !c.shift(v, k) {
		return 0, 0, false
	}
	want := c.clone()
	if !want.shift(v, 1) {
		return 0, 0, false
	}
	c.trail = 1
	for range period {
		if !c.round() {
			return 0, 0, false
		}
	}
	var is, should setSnapshot
	c.snapshot(&is)
	want.snapshot(&should)
	return c.trail, c.now - s.now, slices.Equal(is.shape, should.shape) && slices.Equal(is.counts, should.counts)
}
