package planner

// plan is what the run amounts to.
func (r *run) plan(spec Spec, sc Scenario) Plan {
	d := r.d
	outcome := r.outcome(sc)
	r.reasons(0)
	p := Plan{
		Strategy:                ResolvedStrategy{Type: d.spec.Strategy.Type, SurgePods: d.surge, UnavailablePods: d.unavailable},
		Replicas:                FromTo{From: spec.Replicas, To: d.spec.Replicas},
		Bounds:                  Bounds{MaxPods: int64(d.spec.Replicas) + int64(d.surge)},
		Readiness:               sc.Readiness,
		Steps:                   r.steps,
		Truncated:               r.total > int64(len(r.steps)),
		Outcome:                 outcome,
		PeakPods:                r.peakPods,
		PeakPodsWithTerminating: r.peakPhysical,
		MinAvailable:            r.minAvailable,
		MinReady:                r.minReady,
		MaxNotReady:             r.maxNotReady,
		IfBad:                   ifBad(spec, sc),
		Hazards:                 r.hazards(outcome),
	}
	if p.Truncated {
		p.TotalSteps = r.total
	}
	if d.spec.Strategy.Type == RollingUpdate {
		p.Strategy.MaxSurge, p.Strategy.MaxUnavailable = d.spec.Strategy.MaxSurge.String(), d.spec.Strategy.MaxUnavailable.String()
		p.Bounds.MinAvailable = int64(d.spec.Replicas) - int64(d.unavailable)
	}
	return p
}

// outcome is how the scenario leaves the workload. A rollout is stalled only
// if a run to the end has shown that no clock moves it on; one that the
// scenario merely stops watching waits for whoever goes on with it.
func (r *run) outcome(sc Scenario) Outcome {
	d := r.d
	target := d.target()
	switch {
	case target != nil && d.complete(d.total(target)) && d.wanted() == d.spec.Replicas:
		if d.writes == 0 {
			return Nothing
		}
		return Complete
	case d.spec.Paused:
		return Paused
	case sc.runsToEnd() && d.nextLiving() == never && !d.heldByHand():
		return Stalled
	default:
		return Waiting
	}
}

// done says that the rollout has come to its end.
func (o Outcome) done() bool { return o == Complete || o == Nothing }

// heldByHand says that only an event of the scenario could go on: pods become
// ready, or are gone, when it says so.
func (d *deployment) heldByHand() bool {
	if d.kubelet.readiness == Manual {
		return true
	}
	return d.kubelet.termination == TerminateManual && d.spec.Strategy.Type == Recreate && d.oldPodsExist(d.target())
}

// runsToEnd says that the scenario ends by running until nothing can become
// ready.
func (sc Scenario) runsToEnd() bool {
	last := len(sc.Events) - 1
	return last >= 0 && sc.Events[last].Type == EventRun && sc.Events[last].Rounds == RunToEnd
}
