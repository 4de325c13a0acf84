package planner

import "cmp"

// moveKind is why pods of a StatefulSet came or went.
type moveKind uint8

const (
	moveReplaced moveKind = iota // the update deleted them
	moveSurplus                  // replicas, or ordinals.start, left them out
	moveByHand                   // a user deleted them
	moveCreated
)

// A podMove is what happened to the pods from lo up to, but without, hi.
type podMove struct {
	lo, hi   int64
	revision int
	kind     moveKind
}

// note keeps a move for the step's reason. Pods that go one after the other are
// one move.
func (s *statefulSet) note(m podMove) {
	s.writes++
	s.moved++
	if last := len(s.moves) - 1; last >= 0 {
		before := &s.moves[last]
		if before.kind == m.kind && before.revision == m.revision && (before.lo == m.hi || before.hi == m.lo) {
			before.lo, before.hi = min(before.lo, m.lo), max(before.hi, m.hi)
			return
		}
	}
	s.moves = append(s.moves, m)
}

// mute leaves the reasons out, where nobody reads them.
func (s *statefulSet) mute() { s.muted = true }

// tell implements controller: what happened, and what is waited for now.
//
//	web-3 is deleted, the highest of the old version; web-3 is created at revision 2; waits for web-3 to become ready
func (s *statefulSet) tell(event EventType) string {
	defer func() { s.moves, s.unclaimed = s.moves[:0], 0 }()
	if s.muted {
		return ""
	}
	if event == eventStart && s.begun {
		return "as the cluster has it"
	}
	if event == eventStart {
		return string(append(number([]byte("before: "), int64(s.spec.Replicas)), " of revision 1"...))
	}
	buf := s.paper.reason[:0]
	for _, m := range s.moves {
		if buf = s.podNames(buf, m.lo, m.hi); m.hi-m.lo > 1 {
			buf = append(buf, " are "...)
		} else {
			buf = append(buf, " is "...)
		}
		switch m.kind {
		case moveReplaced:
			buf = append(buf, "deleted, the highest of the old version"...)
		case moveSurplus:
			buf = number(append(buf, "deleted: scaled to "...), int64(s.spec.Replicas))
		case moveByHand:
			buf = append(buf, "deleted by hand"...)
		case moveCreated:
			buf = number(append(buf, "created at revision "...), int64(m.revision))
		}
		buf = append(buf, "; "...)
	}
	s.paper.reason = s.holdText(buf)
	return string(s.paper.reason)
}

// podNames names the pods from lo up to, but without, hi.
func (s *statefulSet) podNames(buf []byte, lo, hi int64) []byte {
	buf = s.title(buf, lo)
	if hi-lo > 1 {
		buf = s.title(append(buf, " to "...), hi-1)
	}
	return buf
}

// title names a pod.
func (s *statefulSet) title(buf []byte, ordinal int64) []byte {
	return number(append(append(buf, cmp.Or(s.spec.Set.Name, "<name>")...), '-'), ordinal)
}

// holdText says what the controller waits for.
func (s *statefulSet) holdText(buf []byte) []byte {
	h := s.hold()
	switch h.kind {
	case holdNothing:
		buf = number(append(number(buf, int64(s.spec.Replicas)), " of "...), int64(s.spec.Replicas))
		return number(append(buf, " available, all of revision "...), int64(s.update))
	case holdReady:
		return append(s.title(append(buf, "waits for "...), h.ordinal), " to become ready"...)
	case holdAvailable:
		buf = append(s.title(append(buf, "waits until "...), h.ordinal), " has been ready for "...)
		return append(number(buf, int64(s.spec.MinReadySeconds)), " s"...)
	case holdGone:
		return append(s.title(append(buf, "waits until "...), h.ordinal), " is gone"...)
	case holdByHand:
		buf = append(s.title(append(buf, "waits for "...), h.ordinal), " of revision "...)
		buf = append(number(buf, int64(h.revision)), " to become ready, and replaces nothing before; if it never does: "...)
		return append(buf, s.deleteCommand(h.ordinal)...)
	case holdOnDelete:
		return append(buf, "OnDelete: pods of the old version stay until they are deleted by hand"...)
	case holdPartition:
		buf = append(number(append(buf, "partition "...), int64(s.spec.Set.Partition)), " keeps "...)
		from, to := s.ordinals()
		last := min(to, from+int64(s.spec.Set.Partition))
		if buf = s.podNames(buf, from, last); last-from > 1 {
			return append(buf, " as they are"...)
		}
		return append(buf, " as it is"...)
	default:
		panic("planner: unknown hold")
	}
}

// deleteCommand is what a user types to have a pod replaced.
func (s *statefulSet) deleteCommand(ordinal int64) string {
	command := "kubectl delete pod " + s.name(ordinal)
	if s.spec.Set.Namespace != "" {
		command += " -n " + s.spec.Set.Namespace
	}
	return command
}
