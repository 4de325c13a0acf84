package planner

// round implements controller. A round is one batch: pods that were
// terminating are gone, waiting pods become ready, as many as the readiness
// mode says; then minReadySeconds pass.
//
// A pod's successor cannot be created before it is gone, so a round in which
// pods are gone and nothing becomes ready takes place, if the controller goes on
// because of it. If it does not, the pods are gone all the same.
func (s *statefulSet) round() bool {
	if s.kubelet.readiness == Timed {
		return s.timedRound()
	}
	start := s.now
	before := s.lasting()
	ready := s.makeReady()
	if s.kubelet.termination == TerminateNext && s.reap(never) || ready {
		s.settle()
		s.pass(start + seconds(s.spec.MinReadySeconds))
	}
	return ready || s.lasting() != before
}

// A lasting is what a state shows of its pods, terminating ones aside.
type lasting struct {
	moved, claims    int
	waiting, ready   int64
	available, spare int64
}

func (s *statefulSet) lasting() (l lasting) {
	l.moved = s.moved
	for _, c := range s.claims {
		l.spare += c.hi - c.lo
	}
	l.claims = len(s.claims)
	for _, r := range s.rows {
		switch r.phase {
		case podWaiting:
			l.waiting += r.n
		case podReady:
			l.ready += r.n
			if s.available(r) {
				l.available += r.n
			}
		case podLeaving:
		}
	}
	return l
}

// makeReady makes waiting pods ready, as many as the readiness mode says, and
// reports whether there was one. Of one revision the lowest ordinal is first.
func (s *statefulSet) makeReady() (any bool) {
	newest := s.newest()
	for i := len(s.revisions) - 1; i >= 0; i-- {
		revision := s.revisions[i].revision
		n := s.count(revision, podWaiting)
		if n == 0 {
			continue
		}
		switch s.kubelet.readiness {
		case Together:
		case OneByOne:
			n = 1
		case Never:
			if revision == newest {
				continue
			}
		case Manual, Timed:
			return false
		default:
			panic("planner: unknown readiness " + string(s.kubelet.readiness))
		}
		s.take(revision, podWaiting, n, s.becomeReady)
		any = true
		if s.kubelet.readiness == OneByOne {
			break
		}
	}
	return any
}

// timedRound moves on to the next moment at which pods become ready or
// available, or the controller does something. Pods that are gone on the way
// make no round; where nothing else is to come, their time is not waited for.
func (s *statefulSet) timedRound() bool {
	var back *statefulSet
	for {
		living, gone := s.due()
		if living >= never && gone >= never {
			break
		}
		if living >= never && back == nil && !s.makesRoom() {
			back = s.clone()
		}
		before := s.lasting()
		s.tick(max(min(living, gone), s.now))
		if s.lasting() != before {
			return true
		}
	}
	if back != nil {
		*s = *back
	}
	return false
}

// makesRoom says that a terminating pod will have a successor.
func (s *statefulSet) makesRoom() bool {
	from, to := s.ordinals()
	for _, r := range s.rows {
		if r.phase == podLeaving && r.first < to && r.end() > from {
			return true
		}
	}
	return false
}

// due is the next moment at which a pod becomes ready or available, and the
// next at which one is gone.
func (s *statefulSet) due() (living, gone ms) {
	living, gone = never, never
	age := seconds(s.spec.MinReadySeconds)
	for _, r := range s.rows {
		switch {
		case r.phase == podWaiting:
			living = min(living, r.at)
		case r.phase == podLeaving:
			gone = min(gone, r.at)
		case r.at+age > s.now:
			living = min(living, r.at+age)
		}
	}
	return living, gone
}

// pass lets time pass until the given moment. What is due on the way happens at
// its own time, and the controller reacts to each.
func (s *statefulSet) pass(until ms) {
	for {
		at := min(s.due())
		if at > until {
			break
		}
		s.tick(max(at, s.now))
	}
	s.now = until
	s.tidy()
}

// tick moves to a moment, lets what is due happen as one batch, and lets the
// controller react.
func (s *statefulSet) tick(at ms) {
	s.now = at
	s.reap(at)
	for i := range s.rows {
		if r := &s.rows[i]; r.phase == podWaiting && r.at <= at {
			r.phase = podReady
			s.opened = s.opened || s.pace(r.revision).open
			r.at = at
		}
	}
	s.settle()
}
