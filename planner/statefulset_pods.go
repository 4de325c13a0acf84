package planner

import "slices"

// podPhase is what a StatefulSet's controller sees of a pod.
type podPhase uint8

const (
	podWaiting podPhase = iota // not ready
	podReady
	podLeaving // terminating: its name is taken until it is gone
)

// A row is a number of pods with consecutive ordinals that are all alike: two
// billion pods that nothing has happened to are one row.
type row struct {
	first, n int64 // the lowest ordinal, and how many
	revision int   // as created
	phase    podPhase
	at       ms   // waiting: becomes ready; ready: did; leaving: is gone
	fresh    bool // has no node yet: the API server deletes it at once
	doomed   bool // owns its claims, which go with it; see statefulset_claims.go
}

// end is the ordinal behind the last.
func (r row) end() int64 { return r.first + r.n }

// available says that the pods of a row count as available.
//
// Mirrors podutil.IsPodAvailable: ready since 5 s with minReadySeconds 5 is
// available, since 4 s it is not.
func (s *statefulSet) available(r row) bool {
	return r.phase == podReady && r.at <= s.now-seconds(s.spec.MinReadySeconds)
}

// healthy says that the update and a scale-down need not wait for the pods of a
// row.
//
// Mirrors isUnavailable, and isHealthy before 1.34.
func (s *statefulSet) healthy(r row) bool {
	return s.available(r) || s.spec.before(minorAvailableSets) && r.phase == podReady
}

// tidy makes one row of neighbours that are alike, and forgets ages that make no
// difference any more.
func (s *statefulSet) tidy() {
	kept := s.rows[:0]
	for _, r := range s.rows {
		if r.phase == podReady && r.at <= s.now-s.horizon {
			r.at = longAgo
		}
		if last := len(kept) - 1; last >= 0 {
			before := kept[last]
			before.first, before.n = r.first, r.n
			if kept[last].end() == r.first && before == r {
				kept[last].n += r.n
				continue
			}
		}
		kept = append(kept, r)
	}
	s.rows = kept
}

// change replaces the pods with ordinals from lo up to, but without, hi. to is
// asked about each piece of a row between them, and reports false for pods that
// are gone.
func (s *statefulSet) change(lo, hi int64, to func(row) (row, bool)) {
	out := s.spare[:0]
	for _, r := range s.rows {
		if r.end() <= lo || r.first >= hi {
			out = append(out, r)
			continue
		}
		if r.first < lo {
			below := r
			below.n = lo - r.first
			out = append(out, below)
		}
		middle := r
		middle.first = max(r.first, lo)
		middle.n = min(r.end(), hi) - middle.first
		if changed, stays := to(middle); stays {
			out = append(out, changed)
		} else if middle.doomed {
			s.unclaim(middle.first, middle.end())
		}
		if r.end() > hi {
			above := r
			above.first, above.n = hi, r.end()-hi
			out = append(out, above)
		}
	}
	s.spare, s.rows = s.rows, out
}

// create makes the pods of missing ordinals, from lo up to, but without, hi.
func (s *statefulSet) create(lo, hi int64, revision int) {
	i := len(s.rows)
	for i > 0 && s.rows[i-1].first > lo {
		i--
	}
	s.rows = slices.Insert(s.rows, i, row{
		first: lo, n: hi - lo, revision: revision, phase: podWaiting,
		at: later(s.now, s.pace(revision).ready), fresh: true,
	})
	s.claim(lo, hi)
	s.note(podMove{lo: lo, hi: hi, revision: revision, kind: moveCreated})
}

// remove deletes the pods with ordinals from lo up to, but without, hi. Those
// that terminate already go on doing so.
func (s *statefulSet) remove(lo, hi int64, why moveKind) {
	s.change(lo, hi, func(r row) (row, bool) {
		if r.phase == podLeaving {
			return r, true
		}
		s.note(podMove{lo: r.first, hi: r.end(), revision: r.revision, kind: why})
		p := s.pace(r.revision)
		if r.fresh || p.instant {
			return r, false
		}
		r.phase, r.at = podLeaving, later(s.now, p.leave)
		return r, true
	})
}

// reap ends the terminating pods whose moment has come, or all of them.
func (s *statefulSet) reap(until ms) (gone bool) {
	for i := 0; i < len(s.rows); i++ {
		if r := s.rows[i]; r.phase == podLeaving && r.at <= until {
			if r.doomed {
				s.unclaim(r.first, r.end())
			}
			s.rows = slices.Delete(s.rows, i, i+1)
			i--
			gone = true
		}
	}
	return gone
}

// take visits pods of one revision in one phase, the lowest ordinals first,
// until n of them were taken, and returns how many there were. Each piece is
// what to makes of it.
func (s *statefulSet) take(revision int, phase podPhase, n int64, to func(*row)) (taken int64) {
	for i := 0; i < len(s.rows) && taken < n; i++ {
		r := s.rows[i]
		if r.revision != revision || r.phase != phase {
			continue
		}
		part := min(r.n, n-taken)
		taken += part
		if part < r.n {
			s.rows[i].n = part
			rest := r
			rest.first, rest.n = r.first+part, r.n-part
			s.rows = slices.Insert(s.rows, i+1, rest)
		}
		to(&s.rows[i])
	}
	return taken
}

// count is how many pods of a revision are in a phase.
func (s *statefulSet) count(revision int, phase podPhase) (n int64) {
	for _, r := range s.rows {
		if r.revision == revision && r.phase == phase {
			n += r.n
		}
	}
	return n
}
