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
	r := newRun(spec, scenario, longest)
	if err := r.play(scenario.Events); err != nil {
		return Plan{}, err
	}
	p := r.plan(spec, scenario)
	p.Hazards = r.hazards(p.Outcome)
	p.IfBad = ifBad(spec, scenario)
	if r.waited > 0 {
		r.showTimes(&p, r.times, r.waited)
	}
	return p, nil
}

// An EventError says which event of a scenario could not happen, and why.
type EventError struct {
	Index int // in Scenario.Events, from 0
	Type  EventType
	Err   error
}

func (e *EventError) Error() string { return fmt.Sprintf("event %d (%s): %v", e.Index, e.Type, e.Err) }

// Unwrap is the reason without the event.
func (e *EventError) Unwrap() error { return e.Err }

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

// newRun is a run at its step 0.
func newRun(spec Spec, sc Scenario, b bound) *run {
	k := kubelet{sc.Readiness, sc.Termination, sc.Assumptions, b}
	r := &run{d: newDeployment(spec, k, sc.horizon(spec)), limit: sc.MaxSteps}
	r.record(eventStart)
	return r
}

// play lets events happen, one after the other, and records every step.
func (r *run) play(events []Event) error {
	for i, e := range events {
		if err := r.d.apply(e); err != nil {
			return &EventError{i, e.Type, err}
		}
		switch e.Type {
		case EventRun:
			r.rounds(int64(e.Rounds))
		case EventWait:
			if r.waited == 0 {
				r.waited = int(r.total)
			}
			r.record(e.Type)
		default:
			r.record(e.Type)
		}
	}
	return nil
}

// rounds plays readiness rounds, all of them below 0. Once no more steps are
// kept, rounds that are all alike are skipped.
func (r *run) rounds(limit int64) {
	var l leaper
	for n := int64(0); n != limit && r.d.round(); n++ {
		r.record(EventRun)
		if len(r.steps) < r.limit {
			continue
		}
		skipped, forever := l.leap(r.d, limit-n-1)
		if forever {
			return
		}
		n += skipped
		r.total += skipped
	}
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
		MinReady:                r.lowReady,
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

// outcome is how the scenario leaves the workload. A rollout is stalled only
// if a run to the end has shown that no clock moves it on; one that the
// scenario merely stops watching waits for whoever goes on with it.
func (r *run) outcome(sc Scenario) Outcome {
	d := r.d
	switch {
	case d.target() != nil && d.complete(d.total()) && d.wanted() == d.spec.Replicas:
		if d.writes == 0 {
			return Nothing
		}
		return Complete
	case d.spec.Paused:
		return Paused
	case sc.runsToEnd() && d.due() == never && !d.heldByHand():
		return Stalled
	default:
		return Waiting
	}
}

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

// done says that the rollout has come to its end.
func (o Outcome) done() bool { return o == Complete || o == Nothing }

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
