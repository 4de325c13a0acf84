// Package trace is the text form of what real controllers did: scenarios with
// the states that they came to rest in. The oracle module records them, the
// planner's tests replay them, and people read them.
//
//	# 10 replicas, 30 % surge, 20 % unavailable
//	spec replicas=10 maxSurge=30% maxUnavailable=20%
//	scenario readiness=one-by-one
//	start             -> 1:10/10/10
//	update            -> 1:8/8/8 2:5/0/0
//	run rounds=2      -> 1:7/7/7 2:6/1/1
//	                  -> 1:6/6/6 2:7/2/2
//	scale replicas=20 -> 1:9/6/6 2:11/2/2 unavailable
//
// Each event has the state that follows it; a run has one a round. Where
// controllers race, each further outcome has a line with "or", and the trace
// ends there; "rarely" names an outcome that is too rare to be predicted. An event that is refused has "refused" for a state. Fields of
// spec and scenario that are left out have Kubernetes' defaults; strategy,
// readiness and termination are RollingUpdate, manual and instant.
//
// A state lists the revisions as created, oldest first, each with
// desired/ready/available pods, then what is not so common:
//
//	2as4:…      Kubernetes shows the number 4
//	2:…~3       3 pods are not ready, which is not desired - ready
//	2:…+3       3 pods terminate
//	unavailable the condition Available is false
//	overdue     the condition Progressing is false
//
// Text is a trace of any kind as words. Trace has the planner's types, for the
// kinds that the planner knows; its states are those of deployment.go.
package trace

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/rollcast/rollcast/planner"
)

// A Trace is one scenario with the states that it leads to.
type Trace struct {
	Name string // one line
	// Kubernetes are the minors for which it holds, see Text.
	Kubernetes []string
	Spec       planner.Spec
	Scenario   planner.Scenario
	// Steps holds the steps of each event: [0] the start, [i+1] those of event
	// i. It ends early after an outcome that is open, and with an event that
	// was refused, which has none.
	Steps   [][]planner.Step
	Refused bool
}

// All is the steps one after the other, as a plan has them.
func (t Trace) All() []planner.Step { return slices.Concat(t.Steps...) }

// Text is the trace in words.
func (t Trace) Text() Text {
	text := Text{Name: t.Name, Kubernetes: t.Kubernetes, Spec: specFields(t.Spec), Scenario: scenarioFields(t.Scenario), Refused: t.Refused}
	for _, e := range t.Scenario.Events {
		text.Acts = append(text.Acts, act(e))
	}
	for _, steps := range t.Steps {
		var states []State
		for _, s := range steps {
			states = append(states, State{Outcomes: Outcomes(s)})
		}
		text.States = append(text.States, states)
	}
	return text
}

// String is the trace as Parse reads it.
func (t Trace) String() string { return t.Text().String() }

// Format writes traces as Parse reads them.
func Format(traces []Trace) []byte {
	var b bytes.Buffer
	for i, t := range traces {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(t.String())
	}
	return b.Bytes()
}

// Parse reads traces of the kinds that the planner knows.
func Parse(text []byte) ([]Trace, error) {
	texts, err := ParseText(text)
	if err != nil {
		return nil, err
	}
	var traces []Trace
	for _, text := range texts {
		t, err := text.Trace()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", text.Name, err)
		}
		traces = append(traces, t)
	}
	return traces, nil
}

// Trace is the text in the planner's types.
func (t Text) Trace() (Trace, error) {
	typed := Trace{Name: t.Name, Kubernetes: t.Kubernetes, Spec: Default(), Refused: t.Refused}
	if err := setSpec(&typed.Spec, t.Spec); err != nil {
		return typed, err
	}
	var err error
	if typed.Spec.Minor, err = t.minor(); err != nil {
		return typed, err
	}
	if typed.Scenario, err = scenario(t.Scenario); err != nil {
		return typed, err
	}
	for _, a := range t.Acts {
		e, err := event(a)
		if err != nil {
			return typed, fmt.Errorf("%s: %w", a, err)
		}
		typed.Scenario.Events = append(typed.Scenario.Events, e)
	}
	for _, states := range t.States {
		var steps []planner.Step
		for _, state := range states {
			step, err := parseState(state.Outcomes[0])
			if err != nil {
				return typed, err
			}
			for _, outcome := range state.Outcomes[1:] {
				other, err := parseState(outcome)
				if err != nil {
					return typed, err
				}
				step.Alternatives = append(step.Alternatives, planner.Alternative{Revisions: other.Revisions})
			}
			steps = append(steps, step)
		}
		typed.Steps = append(typed.Steps, steps)
	}
	return typed, nil
}
