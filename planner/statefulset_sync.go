package planner

// sync is one pass of the StatefulSet controller, and reports whether it
// changed anything. Its order decides: first what is missing, then what is
// surplus, and only then the update. With OrderedReady each of the three waits
// for the one before, and a single pod that is not available stops everything
// behind it. That is the trap in an undo: the broken pod has to become
// available before the update may replace it.
//
// Mirrors UpdateStatefulSet and updateStatefulSet.
func (s *statefulSet) sync() (changed bool) {
	writes, current, update, replicas := s.writes, s.current, s.update, s.currentReplicas
	s.adopt()
	s.truncate()
	total, ready, updated, old := s.totals()
	s.currentReplicas = old - s.control()
	want := int64(s.spec.Replicas)
	// A rollout is over when every pod is of the update revision and ready;
	// with OnDelete it never is. Mirrors completeRollingUpdate.
	done := s.spec.Strategy.Type == RollingUpdate && updated == want && ready == want && total == want
	if done {
		s.current, s.currentReplicas = s.update, updated
		s.stamp(1)
	}
	return s.writes != writes || s.current != current || s.update != update || s.currentReplicas != replicas
}

// totals are the counts of the status: all pods, terminating ones among them,
// the ready ones, and those of the two revisions, terminating ones aside.
//
// Mirrors computeReplicaStatus.
func (s *statefulSet) totals() (total, ready, updated, current int64) {
	for _, r := range s.rows {
		total += r.n
		if r.phase == podReady {
			ready += r.n
		}
		if r.phase != podLeaving && r.revision == s.update {
			updated += r.n
		}
		if r.phase != podLeaving && r.revision == s.current {
			current += r.n
		}
	}
	return total, ready, updated, current
}

// control creates and deletes pods, and returns how many the update deleted.
func (s *statefulSet) control() (replaced int64) {
	from, to := s.ordinals()
	if s.parallel() {
		s.createMissing(from, to)
		s.bequeath(from, to, false)
		s.bequeathSurplus(from, to)
		s.remove(to, endOfOrdinals, moveSurplus)
		s.remove(0, from, moveSurplus)
	} else {
		if s.createNext(from, to) {
			return 0
		}
		s.bequeath(from, to, false)
		s.bequeathSurplus(from, to)
		if s.removeLast(from, to) {
			return 0
		}
	}
	switch {
	case s.spec.Strategy.Type != RollingUpdate:
		return 0
	case s.spec.Set.MaxUnavailableWorks:
		return s.replaceSeveral(from, to)
	default:
		return s.replaceOne(from, to)
	}
}

// endOfOrdinals lies above every ordinal there can be.
const endOfOrdinals = 1 << 33

// createNext is OrderedReady: it goes up the ordinals to the first pod that is
// missing, which it creates, or not available, for which it waits. It reports
// whether there is one.
func (s *statefulSet) createNext(from, to int64) (waits bool) {
	next := from
	for i, r := range s.rows {
		if r.end() <= from {
			continue
		}
		if r.first >= to || r.first > next {
			break
		}
		if !s.available(r) {
			s.stamp(2 + i<<3)
			return true
		}
		next = min(r.end(), to)
	}
	if next >= to {
		return false
	}
	revision := s.fill(next)
	s.stamp(3 + revision<<3)
	s.create(next, next+1, revision)
	return true
}

// createMissing is Parallel: everything that is missing is created at once, and
// nothing is waited for.
func (s *statefulSet) createMissing(from, to int64) {
	boundary := s.boundary()
	next := from
	for i := 0; next < to; i++ {
		gap := to
		if i < len(s.rows) {
			if s.rows[i].end() <= next {
				continue
			}
			gap = min(s.rows[i].first, to)
		}
		if gap > next { // create puts new rows before i: those are skipped next
			s.stamp(4 + i<<3)
			for _, part := range [2]struct {
				lo, hi   int64
				revision int
			}{{next, min(gap, boundary), s.current}, {max(next, boundary), gap, s.update}} {
				if part.lo < part.hi {
					s.stamp(5 + part.revision<<3)
					s.create(part.lo, part.hi, part.revision)
					i++
				}
			}
		}
		if i >= len(s.rows) {
			break
		}
		next = max(next, s.rows[i].end())
	}
}

// removeLast is OrderedReady: of the pods outside the ordinals the highest goes,
// and the next one when it is gone. It waits for one that is not available,
// unless that is the lowest of them: then nothing below suffers. It reports
// whether there was any.
//
// 5 pods, scaled to 2: 4 goes, then 3, then 2. Where they are gone at once, all
// that are alike go in one pass here: the controller needs one for each.
//
// Mirrors processCondemned.
func (s *statefulSet) removeLast(from, to int64) (waits bool) {
	last := len(s.rows) - 1
	for last >= 0 && s.rows[last].end() <= to && s.rows[last].first >= from {
		last--
	}
	if last < 0 {
		return false
	}
	r := s.rows[last]
	lo, hi := max(r.first, to), r.end()
	if hi <= to { // below the ordinals, after ordinals.start was raised
		lo, hi = r.first, min(r.end(), from)
	}
	s.stamp(6 + last<<3)
	switch {
	case r.phase == podLeaving:
		return true
	case !s.available(r) && (s.healthy(r) || s.surplusUnhealthy(from, to) > 1):
		return true
	case r.fresh || s.pace(r.revision).instant:
		s.remove(lo, hi, moveSurplus)
	default:
		s.remove(hi-1, hi, moveSurplus)
	}
	return true
}

// surplusUnhealthy is how many pods outside the ordinals are not healthy.
func (s *statefulSet) surplusUnhealthy(from, to int64) (n int64) {
	for _, r := range s.rows {
		if !s.healthy(r) {
			n += r.n - max(0, min(r.end(), to)-max(r.first, from))
		}
	}
	return n
}

// bequeathSurplus makes the pods outside the ordinals the owners of their
// claims.
func (s *statefulSet) bequeathSurplus(from, to int64) {
	s.bequeath(to, endOfOrdinals, true)
	s.bequeath(0, from, true)
}

// replaceOne goes down the ordinals to partition: the first pod that is not of
// the update revision is deleted, whatever its health; the first that is, and
// is not available, is waited for.
func (s *statefulSet) replaceOne(from, to int64) (replaced int64) {
	low := from + int64(s.spec.Set.Partition)
	for i := len(s.rows) - 1; i >= 0; i-- {
		r := s.rows[i]
		hi := min(r.end(), to)
		if max(r.first, low) >= hi {
			continue
		}
		if r.revision != s.update && r.phase != podLeaving {
			s.stamp(7 + i<<3)
			s.remove(hi-1, hi, moveReplaced)
			return 1
		}
		if !s.healthy(r) {
			s.stamp(8 + i<<3)
			return 0
		}
	}
	return 0
}

// replaceSeveral is the update with the gate MaxUnavailableStatefulSet: as many
// pods are deleted as may be missing, from the top down to partition, whatever
// their health. Every pod that is not available counts as missing, also those
// below partition.
//
// 5 pods, maxUnavailable 2, pod 0 sick: only pod 4 is deleted.
//
// Mirrors updateStatefulSetAfterInvariantEstablished.
func (s *statefulSet) replaceSeveral(from, to int64) (replaced int64) {
	low := from + int64(s.spec.Set.Partition)
	allowed := s.unavailable - s.missing(from, to)
	for i := len(s.rows) - 1; i >= 0 && replaced < allowed; i-- {
		r := s.rows[i]
		hi := min(r.end(), to)
		lo := max(r.first, low, hi-(allowed-replaced))
		if r.revision == s.update || r.phase == podLeaving || lo >= hi {
			continue
		}
		s.stamp(9 + i<<3)
		s.remove(lo, hi, moveReplaced)
		replaced += hi - lo
		i = min(i+1, len(s.rows)) // the row may have been cut in two
	}
	return replaced
}

// missing is how many of the ordinals have no healthy pod.
func (s *statefulSet) missing(from, to int64) int64 {
	missing := to - from
	for _, r := range s.rows {
		if s.healthy(r) {
			missing -= max(0, min(r.end(), to)-max(r.first, from))
		}
	}
	return missing
}
