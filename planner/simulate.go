package planner

import "fmt"

// Simulate plays the scenario on the workload and returns every quiescent
// state, from the state before any event on. It errors on a spec or scenario
// that no API server would take, and on an event that has no meaning for the
// kind or the state: that error wraps an EventError.
//
// Before the first event the workload has been running one revision for ever,
// and every pod is ready and available, unless the scenario has another start.
func Simulate(spec Spec, scenario Scenario) (Plan, error) {
	scenario, err := scenario.complete()
	if err != nil {
		return Plan{}, err
	}
	if scenario.Start == nil {
		return simulateFitting(spec, scenario)
	}
	if err := scenario.Start.check(spec); err != nil {
		return Plan{}, err
	}
	p, err := simulateFitting(spec, scenario)
	p.Assumptions = append(p.Assumptions, scenario.Start.texts(scenario.Readiness == Timed)...)
	return p, err
}

// simulateKind plays a complete scenario.
func simulateKind(spec Spec, scenario Scenario) (Plan, error) {
	switch spec.Kind {
	case Deployment:
	case DaemonSet:
		return simulateDaemonSet(spec, scenario)
	case StatefulSet:
		return simulateStatefulSet(spec, scenario)
	case Job:
		return simulateJob(spec, scenario)
	case CronJob:
		return simulateCronJob(spec, scenario)
	case ReplicaSet, ReplicationController, BarePod:
		return simulateKeeper(spec, scenario)
	default:
		return Plan{}, oneOf("kind", spec.Kind, Deployment, StatefulSet, DaemonSet, Job, CronJob, ReplicaSet, ReplicationController, BarePod)
	}
	if err := spec.check(); err != nil {
		return Plan{}, err
	}
	if scenario.Readiness == Timed {
		return simulateTimed(spec, scenario)
	}
	r, err := simulateOnce(spec, scenario, longest, nil)
	if err != nil {
		return Plan{}, err
	}
	p := r.plan(spec, scenario)
	if r.waited > 0 {
		r.showTimes(&p, r.times, r.waited)
	}
	return p, nil
}

// simulateOnce plays the scenario with one end of every span.
func simulateOnce(spec Spec, sc Scenario, b bound, model *run) (*run, error) {
	r := newRun(spec, sc, b, model)
	return r, r.play(sc.Events)
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
