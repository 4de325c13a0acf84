package planner

import "slices"

// simulateTimed plays the scenario once with every span at its minimum and
// once at its maximum. Where both runs visit the same states, each step gets
// the two times; else the steps are the maximum run's, and only the duration
// of the whole is a range. Terminating pods are no part of the comparison:
// they last longer in the maximum run, and what a step shows is that run.
func simulateTimed(spec Spec, sc Scenario) (Plan, error) {
	low, high := newRun(spec, sc, shortest), newRun(spec, sc, longest)
	low.terse = true
	if err := low.play(sc.Events); err != nil {
		return Plan{}, err
	}
	if err := high.play(sc.Events); err != nil {
		return Plan{}, err
	}
	p := high.plan(spec, sc)
	p.PeakPods = max(low.peak, high.peak)
	p.PeakPodsWithTerminating = max(low.physical, high.physical)
	p.MinAvailable = min(low.low, high.low)
	p.MinReady = min(low.lowReady, high.lowReady)
	p.MaxNotReady = max(low.waiting, high.waiting)
	p.Hazards, p.IfBad = high.hazards(p.Outcome), ifBad(spec, sc)
	p.Assumptions = sc.Assumptions.texts(spec.Pod)
	if low.visitsLike(high) {
		high.showTimes(&p, low.times, 0)
	} else {
		high.showTimes(&p, high.times, 0)
	}
	p.DurationSeconds = nil
	if low.outcome(sc).done() {
		p.DurationSeconds = &Seconds{Min: low.clock().seconds()}
		if end := high.clock(); p.Outcome.done() {
			*p.DurationSeconds = between(low.clock(), end)
		}
	}
	return p, nil
}

// visitsLike says that two runs went through the same states.
func (r *run) visitsLike(other *run) bool {
	if r.total != other.total {
		return false
	}
	return slices.EqualFunc(r.steps, other.steps, func(a, b Step) bool {
		return a.Event == b.Event && slices.Equal(living(a.Revisions), living(b.Revisions))
	})
}

// living is the revisions without their terminating pods, and without those
// that only terminating pods keep in a step.
func living(revisions []Revision) []Revision {
	alive := make([]Revision, 0, len(revisions))
	for _, r := range revisions {
		r.Terminating = 0
		if r.Desired != 0 || r.Ready != 0 || r.NotReady != 0 {
			alive = append(alive, r)
		}
	}
	return alive
}

// clock is the present moment.
func (r *run) clock() moment { return moment{r.d.now, r.d.skipped, r.d.opened} }

// showTimes gives the steps from the given one on their times, and the plan
// its duration.
func (r *run) showTimes(p *Plan, earliest []moment, from int) {
	ranges := make([]Seconds, len(p.Steps))
	for i := range p.Steps {
		if i >= from {
			ranges[i] = between(earliest[i], r.times[i])
			p.Steps[i].Seconds = &ranges[i]
		}
	}
	duration := between(r.clock(), r.clock())
	p.DurationSeconds = &duration
}

// between is a range of times.
func between(low, high moment) Seconds {
	s := Seconds{Min: low.seconds()}
	end := high.seconds()
	if high.open {
		s.AtLeast = &end
	} else {
		s.Max = &end
	}
	return s
}

// seconds is the moment as a plan shows it.
func (m moment) seconds() float64 { return m.skipped + float64(m.at)/1000 }
