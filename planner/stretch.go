package planner

import (
	"math"
	"slices"
)

// Two billion pods that are replaced one by one take two billion rounds, and
// nearly all of them are alike: one pod more of the new version, one less of
// the old. This file skips such stretches, exactly.
//
// Why it is exact. Let f be one period of rounds, and let it move a state s by
// a fixed difference: f(s) = s+v. What the controllers do is sums, differences
// and comparisons. Along the line s, s+v, s+2v, … every number that they
// compare is linear in the number of periods, so the answer to one comparison
// changes at most once along the line. If all comparisons come out the same at
// s and at s+kv, they come out the same everywhere in between, f is there one
// linear function, and since it moves both ends by v, it moves all states in
// between by v. So k periods end in s+kv, whatever k is.
//
// With 1000 replicas, surge 1 and one pod a round: at 999 old and 2 new, v is
// one old less and one new more; the same comparisons come out the same up to
// 2 old and 999 new. 997 rounds become one jump, and the last ones, where the
// comparisons differ, are played.
//
// fork and least (deployment.go) note the comparisons in a running product,
// the trail; two trails are equal if all comparisons went alike.

// A snapshot is a deployment in numbers: those that must be equal for two
// states to be alike, and those that may move from period to period, the
// counts of pods and the moments at which terminating pods are gone. Moments
// are relative to now.
type snapshot struct {
	shape  []int64
	counts []int64
}

// take writes the present state into the snapshot.
func (s *snapshot) take(d *deployment) {
	s.shape = append(s.shape[:0], int64(len(d.sets)), int64(d.template), int64(d.progress.reason), int64(d.progress.since-d.now))
	if d.progress.reason == reasonAvailable || d.progress.reason == reasonTimedOut {
		s.shape[3] = 0 // since when no longer matters
	}
	for _, rs := range d.sets {
		s.shape = append(s.shape, int64(rs.revision), rs.number, int64(rs.desiredNote), int64(rs.maxNote), int64(rs.minReadySeconds))
		for _, pods := range []groups{rs.waiting, rs.ready} {
			s.shape = append(s.shape, int64(len(pods)))
			for _, g := range pods {
				if g.at != never && g.at != longAgo {
					g.at -= d.now
				}
				s.shape = append(s.shape, int64(g.at))
			}
		}
		s.shape = append(s.shape, int64(len(rs.leaving)))
		for _, t := range rs.leaving {
			if t.at == never {
				t.every = -1
			}
			s.shape = append(s.shape, int64(t.every))
		}
	}
	s.counts = s.counts[:0]
	d.eachCount(
		func(n *int32) { s.counts = append(s.counts, int64(*n)) },
		func(n *int64) { s.counts = append(s.counts, *n) },
		func(at *ms) { s.counts = append(s.counts, int64(*at-d.now)) })
}

// eachCount visits every number that may move, always in the same order.
func (d *deployment) eachCount(pods func(*int32), gone func(*int64), moment func(*ms)) {
	for _, n := range []*int32{&d.status.replicas, &d.status.updated, &d.status.ready, &d.status.available} {
		pods(n)
	}
	for _, rs := range d.sets {
		for _, n := range []*int32{&rs.replicas, &rs.observed.replicas, &rs.observed.ready, &rs.observed.available} {
			pods(n)
		}
		for _, list := range []groups{rs.waiting, rs.ready} {
			for i := range list {
				pods(&list[i].n)
			}
		}
		for i := range rs.leaving {
			t := &rs.leaving[i]
			gone(&t.pods)
			gone(&t.groups)
			if t.at != never {
				moment(&t.at)
			}
		}
	}
}

// shift moves every number k times by its difference. It reports false, with
// the state spoilt, where a number would leave its range.
func (d *deployment) shift(v []int64, k int64) bool {
	i, fits := 0, true
	moved := func(n, low, high int64) int64 {
		by := v[i]
		i++
		if by == 0 {
			return n
		}
		if k > (1<<62)/max(by, -by) {
			fits = false
			return n
		}
		n += k * by
		fits = fits && n >= low && n <= high
		return n
	}
	d.eachCount(
		func(n *int32) { *n = int32(moved(int64(*n), 0, math.MaxInt32)) },
		func(n *int64) { *n = moved(*n, 1, math.MaxInt64/2) },
		func(at *ms) { *at = ms(moved(int64(*at), 0, int64(never))) })
	return fits
}

// A stretch is a number of periods ahead that are all alike.
type stretch struct {
	period  int64   // rounds
	periods int64   // after which one more is still alike
	moves   []int64 // by which one period changes the counts
	lasts   ms      // one period
}

// A leaper looks for stretches while rounds are played. It compares each state
// with one some rounds earlier, the anchor, and moves the anchor up after 1,
// 2, 4, … rounds, so that it finds a period of any length.
type leaper struct {
	anchor, now snapshot
	age, reach  int64

	// Memory for trying periods out.
	played, wanted deployment
	is, should     snapshot
}

// find looks for a stretch of at most limit rounds, of any number below 0.
// forever says that the rounds repeat without moving anything.
func (l *leaper) find(d *deployment, limit int64) (s stretch, forever bool) {
	l.age++
	l.now.take(d)
	if slices.Equal(l.anchor.shape, l.now.shape) {
		v := l.now.minus(l.anchor)
		if !slices.ContainsFunc(v, func(n int64) bool { return n != 0 }) {
			return s, true
		}
		s = stretch{period: l.age, moves: v}
		if s.periods, s.lasts = l.farthest(d, v, l.age, limit); s.periods > 0 {
			l.reach = 0
		}
	}
	if l.age >= l.reach {
		l.anchor.take(d)
		l.age, l.reach = 0, max(1, 2*l.reach)
	}
	return s, false
}

// minus is the difference of the counts of two states that are alike.
func (s *snapshot) minus(earlier snapshot) []int64 {
	v := make([]int64, len(s.counts))
	for i := range v {
		v[i] = s.counts[i] - earlier.counts[i]
	}
	return v
}

// farthest is the largest number of periods that are all alike from d on, of
// which the last still is, and how long one lasts.
func (l *leaper) farthest(d *deployment, v []int64, period, limit int64) (k int64, lasts ms) {
	trail, lasts, ok := l.onePeriod(d, v, 0, period)
	if !ok {
		return 0, 0
	}
	alike := func(k int64) bool {
		t, _, ok := l.onePeriod(d, v, k, period)
		return ok && t == trail
	}
	high := int64(1)
	for (limit < 0 || high*period <= limit) && alike(high) {
		k, high = high, 2*high
	}
	for high-k > 1 {
		middle := k + (high-k)/2
		if (limit < 0 || middle*period <= limit) && alike(middle) {
			k = middle
		} else {
			high = middle
		}
	}
	return k, lasts
}

// onePeriod plays one period from the state that lies k differences on. ok says
// that it moved that state by exactly one difference.
func (l *leaper) onePeriod(d *deployment, v []int64, k, period int64) (trail uint64, lasts ms, ok bool) {
	c, want := &l.played, &l.wanted
	c.copyFrom(d)
	if !c.shift(v, k) {
		return 0, 0, false
	}
	want.copyFrom(c)
	if !want.shift(v, 1) {
		return 0, 0, false
	}
	c.trail, c.quiet = 1, true
	for range period {
		if !c.round() {
			return 0, 0, false
		}
		c.moves = c.moves[:0]
	}
	l.is.take(c)
	want.now = d.now
	l.should.take(want)
	ok = slices.Equal(l.is.counts, l.should.counts) && slices.Equal(l.is.shape, l.should.shape)
	return c.trail, c.now - d.now, ok
}
