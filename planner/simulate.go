package planner

import (
	"fmt"
)

// Simulate plays the scenario on the workload and returns every quiescent
// state, from the state before any event on. It errors on a spec or scenario
// that no API server would take, and on an event that has no meaning for the
// kind or the state, naming the event by its index from 0.
//
// Before the first event the workload has been running one revision for ever:
// every pod is ready and available.
func Simulate(spec Spec, scenario Scenario) (Plan, error) {
	if spec.Kind != Deployment {
		return Plan{}, fmt.Errorf("cannot simulate a %q, only a %s", string(spec.Kind), Deployment)
	}
	if err := spec.check(); err != nil {
		return Plan{}, err
	}
	scenario, err := scenario.complete()
	if err != nil {
		return Plan{}, err
	}
	if scenario.Readiness == Timed {
		return simulateTimed(spec, scenario)
	}
	r, err := play(spec, scenario, longest)
	if err != nil {
		return Plan{}, err
	}
	p := r.plan(spec, scenario)
	if wait := scenario.firstWait(); wait >= 0 {
		r.showTimes(&p, r.times, wait)
	}
	return p, nil
}

// bound says which end of every span a run of timed mode takes.
type bound bool

const (
	shortest bound = false
	longest  bound = true
)

// kubelet is how pods get ready and go in one run.
type kubelet struct {
	readiness   Readiness
	termination Termination
	assumptions Assumptions
	bound       bound
}

// pace is how long the pods of a template take.
func (k kubelet) pace(pod Pod) pace {
	p := pace{ready: never, leave: never, instant: k.termination == TerminateInstant}
	if k.readiness != Timed {
		return p
	}
	p.ready, p.open = k.assumptions.readyAfter(pod, k.bound)
	if k.termination == TerminateNext {
		p.leave = k.assumptions.Shutdown.end(k.bound)
	}
	return p
}

// play simulates the scenario once.
func play(spec Spec, sc Scenario, b bound) (*run, error) {
	k := kubelet{sc.Readiness, sc.Termination, sc.Assumptions, b}
	d := newDeployment(spec, k, sc.horizon(spec))
	r := &run{d: d, limit: sc.MaxSteps}
	r.record(eventStart)
	for i, e := range sc.Events {
		if err := d.apply(e); err != nil {
			return nil, fmt.Errorf("event %d (%s): %w", i, e.Type, err)
		}
		if e.Type != EventRun {
			r.record(e.Type)
			continue
		}
		for n := 0; n != e.Rounds && d.round(); n++ {
			r.record(EventRun)
		}
	}
	return r, nil
}

// plan is what the run amounts to.
func (r *run) plan(spec Spec, sc Scenario) Plan {
	d := r.d
	surge, unavailable := d.spec.Strategy.Resolve(d.spec.Replicas)
	p := Plan{
		Strategy:                ResolvedStrategy{Type: d.spec.Strategy.Type, SurgePods: surge, UnavailablePods: unavailable},
		Replicas:                FromTo{From: spec.Replicas, To: d.spec.Replicas},
		Bounds:                  Bounds{MaxPods: int64(d.spec.Replicas) + int64(surge)},
		Readiness:               sc.Readiness,
		Steps:                   r.steps,
		Truncated:               r.total > int64(len(r.steps)),
		Outcome:                 r.outcome(sc),
		PeakPods:                r.peak,
		PeakPodsWithTerminating: r.physical,
		MinAvailable:            r.low,
		MaxNotReady:             r.waiting,
	}
	if p.Truncated {
		p.TotalSteps = r.total
	}
	if d.spec.Strategy.Type == RollingUpdate {
		p.Strategy.MaxSurge, p.Strategy.MaxUnavailable = d.spec.Strategy.MaxSurge.String(), d.spec.Strategy.MaxUnavailable.String()
		p.Bounds.MinAvailable = int64(d.spec.Replicas) - int64(unavailable)
	}
	return p
}

// outcome is how the scenario leaves the workload.
func (r *run) outcome(sc Scenario) Outcome {
	d := r.d
	target := d.target()
	switch {
	case target != nil && d.complete(d.total()) && d.wanted() == d.spec.Replicas:
		if r.quiet() {
			return Nothing
		}
		return Complete
	case d.spec.Paused:
		return Paused
	case len(sc.Events) > 0 && sc.Events[len(sc.Events)-1] == Event{Type: EventRun, Rounds: RunToEnd}:
		return Stalled
	default:
		return Waiting
	}
}

// done says that the rollout has come to its end.
func (o Outcome) done() bool { return o == Complete || o == Nothing }

// quiet says that no ReplicaSet was ever created or resized.
func (r *run) quiet() bool { return r.d.writes == 0 }

// eventStart is the event of step 0.
const eventStart EventType = "start"

// horizon is the longest minReadySeconds that the story knows: older pods are
// all alike.
func (sc Scenario) horizon(spec Spec) ms {
	most := spec.MinReadySeconds
	for _, e := range sc.Events {
		if e.Edit != nil && e.Edit.MinReadySeconds != nil {
			most = max(most, *e.Edit.MinReadySeconds)
		}
	}
	return seconds(most)
}
