package planner

// simulateTimed plays the scenario once with every span at its minimum and
// once at its maximum. Where both runs visit the same states, each step gets
// the two times; else the steps are the maximum run's, and only the duration
// of the whole is a range. Terminating pods are no part of the comparison:
// they last longer in the maximum run, and what a step shows is that run.
func simulateTimed(spec Spec, sc Scenario) (Plan, error) {
	high, err := simulateOnce(spec, sc, longest, nil)
	if err != nil {
		return Plan{}, err
	}
	low, err := simulateOnce(spec, sc, shortest, high)
	if err != nil {
		return Plan{}, err
	}
	high.widen(low.extremes)
	p := high.plan(spec, sc)
	p.Assumptions = sc.Assumptions.texts(spec.Pod)
	if low.total == high.total && !low.differs {
		high.showTimes(&p, low.times, 0)
	} else {
		high.showTimes(&p, high.times, 0)
	}
	p.DurationSeconds = nil
	if low.outcome(sc).done() {
		p.DurationSeconds = &Seconds{Min: low.clock().seconds()}
		if p.Outcome.done() {
			*p.DurationSeconds = between(low.clock(), high.clock())
		}
	}
	return p, nil
}

// clock is the present moment.
func (r *run) clock() moment { return moment{r.d.now, r.d.skipped, r.d.opened} }

// showTimes gives the steps from the given one on their times, and the plan
// its duration.
func (r *run) showTimes(p *Plan, earliest []moment, from int) {
	ranges, ends := make([]Seconds, len(p.Steps)), make([]float64, len(p.Steps))
	for i := range p.Steps {
		if i >= from {
			ranges[i] = rangeIn(earliest[i], r.times[i], &ends[i])
			p.Steps[i].Seconds = &ranges[i]
		}
	}
	duration := between(r.clock(), r.clock())
	p.DurationSeconds = &duration
}

// between is a range of times.
func between(low, high moment) Seconds { return rangeIn(low, high, new(float64)) }

// rangeIn is a range of times whose end is kept in the given place: one piece of
// memory for the ends of all steps.
func rangeIn(low, high moment, end *float64) Seconds {
	s := Seconds{Min: low.seconds()}
	*end = high.seconds()
	if high.open {
		s.AtLeast = end
	} else {
		s.Max = end
	}
	return s
}

// seconds is the moment as a plan shows it.
func (m moment) seconds() float64 { return m.skipped + float64(m.at)/1000 }
