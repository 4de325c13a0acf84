package trace

import (
	"fmt"

	"github.com/rollcast/rollcast/planner"
)

// Script is the spec and the scenario of a trace of a kind that Trace is not
// for: DaemonSet, Job, CronJob.
func (t Text) Script() (spec planner.Spec, sc planner.Scenario, err error) {
	if sc, err = scenario(t.Scenario); err != nil {
		return spec, sc, err
	}
	var read func(Act) (planner.Event, error)
	switch kind, _ := t.Spec.Get("kind"); planner.Kind(kind) {
	case planner.DaemonSet:
		spec, err = daemonSetSpec(t.Spec)
		read = daemonSetEvent
	case planner.Job:
		spec, err = jobSpec(t.Spec)
		read = jobEvent
	case planner.CronJob:
		spec, sc.At, err = cronJobSpec(t.Spec)
		read = cronJobEvent
	case planner.StatefulSet:
		spec, err = statefulSetSpec(t.Spec)
		read = statefulSetEvent
	default:
		return spec, sc, fmt.Errorf("no script for a %q", kind)
	}
	if err != nil {
		return spec, sc, err
	}
	if spec.Minor, err = t.minor(); err != nil {
		return spec, sc, err
	}
	for _, a := range t.Acts {
		e, err := read(a)
		if err != nil {
			return spec, sc, fmt.Errorf("%s: %w", a, err)
		}
		sc.Events = append(sc.Events, e)
	}
	return spec, sc, nil
}

// Words is a step of a scenario as a trace of its kind has it.
func Words(kind planner.Kind, sc planner.Scenario, s planner.Step) string {
	switch kind {
	case planner.DaemonSet:
		text := Revisions(s.Revisions)
		if s.NodesDown > 0 {
			text += fmt.Sprintf(" | down %d", s.NodesDown)
		}
		return text
	case planner.Job:
		return jobWords(s)
	case planner.CronJob:
		return cronJobWords(s, sc.At)
	default:
		return StateOf(s)
	}
}

// daemonSetSpec reads a spec line: nodes 3, maxUnavailable 1, maxSurge 0 and
// RollingUpdate if it does not say otherwise.
func daemonSetSpec(fields Fields) (planner.Spec, error) {
	s := planner.Spec{
		Kind: planner.DaemonSet, Replicas: 3, RevisionHistoryLimit: 10,
		Strategy: planner.Strategy{Type: planner.RollingUpdate, MaxUnavailable: planner.Count(1)},
	}
	var e planner.Edit
	for _, f := range fields {
		switch f.Key {
		case "kind":
		case "nodes":
			n, err := number(f.Value)
			if err != nil {
				return s, err
			}
			s.Replicas = n
		default:
			if err := setDaemonSetEdit(&e, f); err != nil {
				return s, err
			}
		}
	}
	set(&s.Strategy.Type, e.Strategy)
	if s.Strategy.Type == planner.OnDelete {
		s.Strategy.MaxUnavailable = planner.IntOrPercent{}
	}
	set(&s.Strategy.MaxSurge, e.MaxSurge)
	set(&s.Strategy.MaxUnavailable, e.MaxUnavailable)
	set(&s.MinReadySeconds, e.MinReadySeconds)
	set(&s.RevisionHistoryLimit, e.RevisionHistoryLimit)
	return s, nil
}

func setDaemonSetEdit(e *planner.Edit, f Field) error {
	if f.Key == "updateStrategy" {
		f.Key = "strategy"
	}
	return setEdit(e, f)
}

func daemonSetEvent(a Act) (planner.Event, error) {
	e := planner.Event{Type: planner.EventType(a.Type)}
	for _, f := range a.Fields {
		var err error
		switch {
		case e.Type == planner.EventEdit || e.Type == planner.EventUpdate:
			if e.Edit == nil {
				e.Edit = &planner.Edit{}
			}
			err = setDaemonSetEdit(e.Edit, f)
		case e.Type == planner.EventNode && f.Key == "down":
			e.Down, err = number(f.Value)
		case e.Type == planner.EventNode && f.Key == "up":
			e.Up, err = number(f.Value)
		default:
			err = setEvent(&e, f)
		}
		if err != nil {
			return e, fmt.Errorf("%s=%s: %w", f.Key, f.Value, err)
		}
	}
	return e, nil
}
