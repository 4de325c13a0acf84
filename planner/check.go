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

// CheckLimits refuses what the API server refuses of a rolling update's maxSurge
// and maxUnavailable. Only a Deployment's maxSurge may be above 100 %, and of a
// DaemonSet's two exactly one is above 0.
//
// Mirrors ValidateRollingUpdateDeployment, ValidateRollingUpdateDaemonSet and
// their StatefulSet counterpart.
func (s Spec) CheckLimits() error {
	surge, unavailable := s.Strategy.MaxSurge, s.Strategy.MaxUnavailable
	switch {
	case s.Strategy.Type != RollingUpdate:
		return nil
	case s.Kind == StatefulSet && unavailable.Value == 0:
		return fmt.Errorf("maxUnavailable cannot be 0")
	case surge.Value == 0 && unavailable.Value == 0:
		return fmt.Errorf("maxSurge and maxUnavailable cannot both be 0")
	case s.Kind == DaemonSet && surge.Value != 0 && unavailable.Value != 0:
		return fmt.Errorf("maxSurge is %s and maxUnavailable is %s: one of them must be 0", surge, unavailable)
	case s.Kind == DaemonSet && surge.Percent && surge.Value > 100:
		return fmt.Errorf("maxSurge is %s, and cannot be above 100%%", surge)
	case unavailable.Percent && unavailable.Value > 100:
		return fmt.Errorf("maxUnavailable is %s, and cannot be above 100%%", unavailable)
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
