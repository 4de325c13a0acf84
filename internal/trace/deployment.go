package trace

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/rollcast/rollcast/planner"
)

// Default is the spec that a trace's spec line adds to.
func Default() planner.Spec {
	return planner.Spec{
		Kind:     planner.Deployment,
		Replicas: 1,
		Strategy: planner.Strategy{
			Type:           planner.RollingUpdate,
			MaxSurge:       planner.Percent(25),
			MaxUnavailable: planner.Percent(25),
		},
		ProgressDeadlineSeconds: 600,
		RevisionHistoryLimit:    10,
	}
}

// specFields are the fields that are not as Default has them.
func specFields(s planner.Spec) Fields {
	var f Fields
	d := Default()
	f.Add("replicas", s.Replicas)
	if s.Strategy.Type != d.Strategy.Type {
		f.Add("strategy", s.Strategy.Type)
	} else {
		addIf(&f, "maxSurge", s.Strategy.MaxSurge, d.Strategy.MaxSurge)
		addIf(&f, "maxUnavailable", s.Strategy.MaxUnavailable, d.Strategy.MaxUnavailable)
	}
	addIf(&f, "minReadySeconds", limit(s.MinReadySeconds), limit(d.MinReadySeconds))
	addIf(&f, "progressDeadlineSeconds", limit(s.ProgressDeadlineSeconds), limit(d.ProgressDeadlineSeconds))
	addIf(&f, "revisionHistoryLimit", limit(s.RevisionHistoryLimit), limit(d.RevisionHistoryLimit))
	addIf(&f, "paused", s.Paused, false)
	return f
}

func addIf[T comparable](f *Fields, key string, value, otherwise T) {
	if value != otherwise {
		f.Add(key, value)
	}
}

// setSpec sets fields of a spec by way of an edit, which has them all.
func setSpec(s *planner.Spec, fields Fields) error {
	var e planner.Edit
	for _, f := range fields {
		if err := setEdit(&e, f); err != nil {
			return err
		}
	}
	set(&s.Replicas, e.Replicas)
	set(&s.Paused, e.Paused)
	set(&s.Strategy.Type, e.Strategy)
	if s.Strategy.Type == planner.Recreate {
		s.Strategy.MaxSurge, s.Strategy.MaxUnavailable = planner.IntOrPercent{}, planner.IntOrPercent{}
	}
	set(&s.Strategy.MaxSurge, e.MaxSurge)
	set(&s.Strategy.MaxUnavailable, e.MaxUnavailable)
	set(&s.MinReadySeconds, e.MinReadySeconds)
	set(&s.ProgressDeadlineSeconds, e.ProgressDeadlineSeconds)
	set(&s.RevisionHistoryLimit, e.RevisionHistoryLimit)
	return nil
}

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

func scenarioFields(s planner.Scenario) Fields {
	f := Fields{{"readiness", string(s.Readiness)}}
	addIf(&f, "termination", s.Termination, planner.TerminateInstant)
	return f
}

func scenario(fields Fields) (planner.Scenario, error) {
	s := planner.Scenario{Readiness: planner.Manual, Termination: planner.TerminateInstant}
	for _, f := range fields {
		switch f.Key {
		case "readiness":
			s.Readiness = planner.Readiness(f.Value)
		case "termination":
			s.Termination = planner.Termination(f.Value)
		default:
			return s, fmt.Errorf("a scenario has no %s", f.Key)
		}
	}
	return s, nil
}

// act is an event in words.
func act(e planner.Event) Act {
	a := Act{Type: string(e.Type)}
	switch e.Type {
	case planner.EventReady, planner.EventUnready, planner.EventDelete:
		a.Fields.Add("revision", e.Revision)
		a.Fields.Add("pods", e.Pods)
	case planner.EventScale:
		a.Fields.Add("replicas", e.Replicas)
	case planner.EventUndo:
		addIf(&a.Fields, "to", e.To, 0)
	case planner.EventWait:
		a.Fields.Add("time", e.Wait)
	case planner.EventRun:
		if e.Rounds == planner.RunToEnd {
			a.Fields.Add("rounds", "end")
		} else {
			a.Fields.Add("rounds", e.Rounds)
		}
	case planner.EventEdit, planner.EventUpdate:
		if e.Edit != nil {
			a.Fields = editFields(*e.Edit)
		}
	}
	return a
}

func editFields(e planner.Edit) (f Fields) {
	add(&f, "replicas", e.Replicas)
	add(&f, "paused", e.Paused)
	add(&f, "strategy", e.Strategy)
	add(&f, "maxSurge", e.MaxSurge)
	add(&f, "maxUnavailable", e.MaxUnavailable)
	for _, n := range []struct {
		key   string
		value *int32
	}{
		{"minReadySeconds", e.MinReadySeconds},
		{"progressDeadlineSeconds", e.ProgressDeadlineSeconds},
		{"revisionHistoryLimit", e.RevisionHistoryLimit},
	} {
		if n.value != nil {
			f.Add(n.key, limit(*n.value))
		}
	}
	return f
}

func add[T any](f *Fields, key string, value *T) {
	if value != nil {
		f.Add(key, *value)
	}
}

// event reads an event.
func event(a Act) (planner.Event, error) {
	e := planner.Event{Type: planner.EventType(a.Type)}
	for _, f := range a.Fields {
		if err := setEvent(&e, f); err != nil {
			return e, fmt.Errorf("%s=%s: %w", f.Key, f.Value, err)
		}
	}
	return e, nil
}

func setEvent(e *planner.Event, f Field) (err error) {
	switch {
	case e.Type == planner.EventEdit || e.Type == planner.EventUpdate:
		if e.Edit == nil {
			e.Edit = &planner.Edit{}
		}
		return setEdit(e.Edit, f)
	case f.Key == "revision":
		e.Revision, err = strconv.Atoi(f.Value)
	case f.Key == "pods":
		e.Pods, err = number(f.Value)
	case f.Key == "replicas":
		e.Replicas, err = number(f.Value)
	case f.Key == "to":
		e.To, err = strconv.Atoi(f.Value)
	case f.Key == "time":
		e.Wait, err = time.ParseDuration(f.Value)
	case f.Key == "rounds" && f.Value == "end":
		e.Rounds = planner.RunToEnd
	case f.Key == "rounds":
		e.Rounds, err = strconv.Atoi(f.Value)
	default:
		err = fmt.Errorf("%s has no such field", e.Type)
	}
	return err
}

func setEdit(e *planner.Edit, f Field) (err error) {
	switch f.Key {
	case "replicas":
		e.Replicas = new(int32)
		*e.Replicas, err = number(f.Value)
	case "minReadySeconds":
		e.MinReadySeconds = new(int32)
		*e.MinReadySeconds, err = number(f.Value)
	case "progressDeadlineSeconds":
		e.ProgressDeadlineSeconds = new(int32)
		*e.ProgressDeadlineSeconds, err = number(f.Value)
	case "revisionHistoryLimit":
		e.RevisionHistoryLimit = new(int32)
		*e.RevisionHistoryLimit, err = number(f.Value)
	case "paused":
		e.Paused = new(bool)
		*e.Paused, err = strconv.ParseBool(f.Value)
	case "strategy":
		e.Strategy = new(planner.StrategyType)
		*e.Strategy = planner.StrategyType(f.Value)
	case "maxSurge":
		e.MaxSurge = new(planner.IntOrPercent)
		*e.MaxSurge, err = intOrPercent(f.Value)
	case "maxUnavailable":
		e.MaxUnavailable = new(planner.IntOrPercent)
		*e.MaxUnavailable, err = intOrPercent(f.Value)
	default:
		err = fmt.Errorf("a Deployment has no %s", f.Key)
	}
	return err
}

// none stands for the number that means no limit.
const none = "none"

func limit(n int32) string {
	if n == math.MaxInt32 {
		return none
	}
	return fmt.Sprint(n)
}

func number(value string) (int32, error) {
	if value == none {
		return math.MaxInt32, nil
	}
	n, err := strconv.ParseInt(value, 10, 32)
	return int32(n), err
}

func intOrPercent(value string) (planner.IntOrPercent, error) {
	digits, percent := strings.CutSuffix(value, "%")
	n, err := number(digits)
	return planner.IntOrPercent{Value: n, Percent: percent}, err
}
