package planner

import "slices"

// A controller is a workload of a kind other than Deployment in simulation:
// the object, its pods, and what the kind's controller makes of them.
type controller interface {
	// apply lets an event happen and the controller react; all but run.
	apply(Event) error
	// round plays one readiness round and reports whether it took place.
	round() bool
	// leap goes over rounds that are all alike without playing them, and
	// returns how many they are; at most limit, which is RunToEnd for no
	// limit. It is asked only where steps are no longer kept.
	leap(limit int64) int64
	// clock is the present moment.
	clock() moment
	// look is the present state with all but index, event and reason, and the
	// number of ready pods.
	look() (s Step, ready int64)
	// tell is the reason of the state, and what happened since is forgotten.
	tell(EventType) string
	// outcome is how a scenario leaves the workload.
	outcome(Scenario) Outcome
	// dangers are hazards of the present state. The first of each kind is kept.
	dangers(s Step, before extremes) []Hazard
}

// A chronicle is the simulation of a controller written down: the first steps as
// they are, and the extremes over all of them.
type chronicle struct {
	c     controller
	limit int
	steps []Step
	times []moment
	total int64
	extremes
	met    []Hazard
	waited int // the first step after a wait, or 0

	// model is a run with other spans. This one then keeps no steps of its
	// own, only their times, and notes whether it goes through the same states.
	model   *chronicle
	differs bool
}

// newChronicle is a chronicle at its step 0.
func newChronicle(c controller, sc Scenario) *chronicle { return likeChronicle(c, sc, nil) }

// likeChronicle is one that is compared with a model, if there is one.
func likeChronicle(c controller, sc Scenario, model *chronicle) *chronicle {
	s := &chronicle{c: c, limit: sc.MaxSteps, model: model}
	if c, ok := c.(interface{ mute() }); ok && model != nil {
		c.mute()
	}
	s.record(eventStart)
	return s
}

// play lets events happen, one after the other, and records every step.
func (s *chronicle) play(events []Event) error {
	for i, e := range events {
		if err := s.c.apply(e); err != nil {
			return &EventError{i, e.Type, err}
		}
		switch e.Type {
		case EventRun:
			s.rounds(int64(e.Rounds))
			continue
		case EventWait:
			if s.waited == 0 {
				s.waited = int(s.total)
			}
		}
		s.record(e.Type)
	}
	return nil
}

// rounds plays readiness rounds, all that there are for a limit below 0.
func (s *chronicle) rounds(limit int64) {
	for n := int64(0); n != limit && s.c.round(); {
		s.record(EventRun)
		n++
		if s.total < int64(s.limit) {
			continue
		}
		left := int64(RunToEnd)
		if limit >= 0 {
			left = limit - n
		}
		leapt := s.c.leap(left)
		n += leapt
		s.total += leapt
	}
}

// record writes the present state down as the next step.
func (s *chronicle) record(event EventType) {
	step, ready := s.c.look()
	for _, h := range s.c.dangers(step, s.extremes) {
		s.meet(h)
	}
	s.observe(step, ready, s.total == 0)
	why := s.c.tell(event)
	if s.total == 256 && s.limit > 256 { // a long one: take the memory for all of it
		s.times = slices.Grow(s.times, s.limit-256)
		if s.model == nil {
			s.steps = slices.Grow(s.steps, s.limit-256)
		}
	}
	if s.total < int64(s.limit) {
		step.Index, step.Event, step.Why = int(s.total), string(event), why
		if s.model == nil {
			s.steps = append(s.steps, step)
		} else {
			s.differs = s.differs || !s.model.has(step)
		}
		s.times = append(s.times, s.c.clock())
	}
	s.total++
}

// has says that a chronicle has the same state in the same place, terminating
// pods aside.
func (s *chronicle) has(step Step) bool {
	return step.Index < len(s.steps) && s.steps[step.Index].Event == step.Event && alike(s.steps[step.Index].Revisions, step.Revisions)
}

// meet notes a hazard at the present step, unless it has been met before.
func (s *chronicle) meet(h Hazard) {
	for _, known := range s.met {
		if known.Hazard == h.Hazard {
			return
		}
	}
	h.Step = int(s.total)
	s.met = append(s.met, h)
}

// told plays a scenario on a controller. In timed mode it does so twice, with
// every span at its maximum and at its minimum; low is nil elsewhere.
func told(sc Scenario, start func(kubelet) controller) (high, low *chronicle, err error) {
	k := kubelet{sc.Readiness, sc.Termination, sc.Assumptions, longest}
	high = newChronicle(start(k), sc)
	if err := high.play(sc.Events); err != nil || sc.Readiness != Timed {
		return high, nil, err
	}
	k.bound = shortest
	low = likeChronicle(start(k), sc, high)
	return high, low, low.play(sc.Events)
}

// plan is what a chronicle amounts to, but for what only the kind knows. low is
// the same chronicle with every span at its minimum, or nil.
func (s *chronicle) plan(sc Scenario, low *chronicle) Plan {
	p := Plan{
		Readiness: sc.Readiness, Steps: s.steps, Outcome: s.c.outcome(sc), Hazards: s.met,
		Truncated: s.total > int64(len(s.steps)),
	}
	if p.Truncated {
		p.TotalSteps = s.total
	}
	switch {
	case low != nil:
		s.widen(low.extremes)
		s.timed(&p, sc, low)
	case s.waited > 0:
		s.showTimes(p.Steps, s.times, s.waited)
		p.DurationSeconds = rangeOf(s.c.clock(), s.c.clock())
	}
	p.PeakPods, p.PeakPodsWithTerminating = s.peakPods, s.peakPhysical
	p.MinAvailable, p.MinReady, p.MaxNotReady = s.minAvailable, s.minReady, s.maxNotReady
	return p
}

// timed gives the steps and the whole their times: both ends where both runs
// visit the same states, else those of the maximum.
func (s *chronicle) timed(p *Plan, sc Scenario, low *chronicle) {
	earliest := s.times
	if low.total == s.total && !low.differs {
		earliest = low.times
	}
	s.showTimes(p.Steps, earliest, 0)
	if !low.c.outcome(sc).done() && low.c.outcome(sc) != Failed {
		return
	}
	p.DurationSeconds = &Seconds{Min: low.c.clock().seconds()}
	if p.Outcome.done() || p.Outcome == Failed {
		p.DurationSeconds = rangeOf(low.c.clock(), s.c.clock())
	}
}

// showTimes gives steps from the given one on their times.
func (s *chronicle) showTimes(steps []Step, earliest []moment, from int) {
	ranges, ends := make([]Seconds, len(steps)), make([]float64, len(steps))
	for i := from; i < len(steps); i++ {
		ranges[i] = rangeIn(earliest[i], s.times[i], &ends[i])
		steps[i].Seconds = &ranges[i]
	}
}

// rangeOf is a range of times of its own.
func rangeOf(low, high moment) *Seconds {
	s := between(low, high)
	return &s
}
