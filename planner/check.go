package planner

import (
	"fmt"
	"strings"
)

// check refuses what no API server would take and no arithmetic could bear.
func (s Spec) check() error {
	if err := oneOf("strategy", s.Strategy.Type, RollingUpdate, Recreate); err != nil {
		return err
	}
	for _, field := range []struct {
		name  string
		value int32
	}{
		{"replicas", s.Replicas},
		{"maxSurge", s.Strategy.MaxSurge.Value},
		{"maxUnavailable", s.Strategy.MaxUnavailable.Value},
		{"minReadySeconds", s.MinReadySeconds},
		{"progressDeadlineSeconds", s.ProgressDeadlineSeconds},
		{"revisionHistoryLimit", s.RevisionHistoryLimit},
	} {
		if field.value < 0 {
			return fmt.Errorf("%s is %d, and cannot be negative", field.name, field.value)
		}
	}
	return nil
}

// complete fills in the defaults and refuses unknown modes.
func (sc Scenario) complete() (Scenario, error) {
	if sc.Readiness == "" {
		sc.Readiness = Timed
	}
	if sc.Termination == "" {
		sc.Termination = TerminateInstant
	}
	if sc.MaxSteps <= 0 || sc.MaxSteps > maxSteps {
		sc.MaxSteps = maxSteps
	}
	if err := oneOf("readiness", sc.Readiness, Timed, Together, OneByOne, Never, Manual); err != nil {
		return sc, err
	}
	return sc, oneOf("termination", sc.Termination, TerminateInstant, TerminateNext, TerminateManual)
}

// oneOf is an error that lists the choices, unless got is one of them.
func oneOf[T ~string](what string, got T, choices ...T) error {
	names := make([]string, len(choices))
	for i, c := range choices {
		if c == got {
			return nil
		}
		names[i] = string(c)
	}
	return fmt.Errorf("unknown %s %q: choose %s", what, string(got), strings.Join(names, ", "))
}
