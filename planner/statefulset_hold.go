package planner

import "slices"

// holdKind is what keeps a StatefulSet from going on.
type holdKind uint8

const (
	holdNothing   holdKind = iota // there is nothing left to do
	holdReady                     // a pod is not ready
	holdAvailable                 // it is, but not yet for minReadySeconds
	holdGone                      // it terminates, and its successor has its name
	holdByHand                    // it is not ready, and a user may replace it but the controller does not
	holdOnDelete
	holdPartition
)

// A hold is what is waited for, and which pod it is about.
type hold struct {
	kind     holdKind
	ordinal  int64
	revision int
}

// hold is what a state at rest waits for. Surplus pods that terminate are waited
// for only where something comes after them.
func (s *statefulSet) hold() hold {
	from, to := s.ordinals()
	if r, ok := s.firstUnavailable(from, to); ok {
		return s.about(r, r.first)
	}
	surplus := slices.DeleteFunc(slices.Clone(s.rows), func(r row) bool { return r.first >= from && r.end() <= to })
	staying := slices.ContainsFunc(surplus, func(r row) bool { return r.phase != podLeaving })
	if last := len(surplus) - 1; last >= 0 && (staying || s.oldLeft(from, to)) {
		return s.about(surplus[last], surplus[last].end()-1)
	}
	switch {
	case !s.oldLeft(from, to):
		return hold{kind: holdNothing}
	case s.spec.Strategy.Type == OnDelete:
		return hold{kind: holdOnDelete}
	default:
		return hold{kind: holdPartition}
	}
}

// firstUnavailable is the pod among the wanted ones that is waited for, if any:
// the lowest; of Parallel, which updates from the top without looking at those
// below, the highest that an update waits for.
func (s *statefulSet) firstUnavailable(from, to int64) (row, bool) {
	clip := func(r row) row {
		end := min(r.end(), to)
		r.first = max(r.first, from)
		r.n = end - r.first
		return r
	}
	if s.parallel() && !s.spec.Set.MaxUnavailableWorks && s.oldLeft(from, to) {
		for _, r := range slices.Backward(s.rows) {
			if r = clip(r); r.n > 0 && !s.available(r) && r.first >= from+int64(s.spec.Set.Partition) {
				r.first, r.n = r.end()-1, 1
				return r, true
			}
		}
	}
	for _, r := range s.rows {
		if r = clip(r); r.n > 0 && !s.available(r) {
			return r, true
		}
	}
	return row{}, false
}

// about is why a pod is waited for.
func (s *statefulSet) about(r row, ordinal int64) hold {
	h := hold{kind: holdReady, ordinal: ordinal, revision: r.revision}
	from, to := s.ordinals()
	switch {
	case r.phase == podLeaving:
		h.kind = holdGone
	case r.phase == podReady:
		h.kind = holdAvailable
	case ordinal >= from && ordinal < to && r.revision != s.fill(ordinal):
		h.kind = holdByHand
	}
	return h
}

// oldLeft says that a wanted pod is not of the update revision.
func (s *statefulSet) oldLeft(from, to int64) bool {
	return slices.ContainsFunc(s.rows, func(r row) bool {
		return r.revision != s.update && r.first < to && r.end() > from
	})
}

// outcome implements controller. A rollout is stalled only if a run to the end
// has shown that no clock moves it on. One that only a pod of another version
// stops waits for a user, who can delete it.
func (s *statefulSet) outcome(sc Scenario) Outcome {
	h := s.hold()
	switch h.kind {
	case holdNothing:
		if s.writes == 0 {
			return Nothing
		}
		return Complete
	case holdByHand, holdOnDelete, holdPartition:
		return Waiting
	case holdReady, holdAvailable, holdGone:
		living, gone := s.due()
		byHand := s.kubelet.readiness == Manual || h.kind == holdGone && s.kubelet.termination == TerminateManual
		if sc.runsToEnd() && !byHand && living >= never && gone >= never {
			return Stalled
		}
		return Waiting
	default:
		panic("planner: unknown hold")
	}
}
