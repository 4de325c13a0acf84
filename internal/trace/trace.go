// Package trace is the text form of what real controllers did: scenarios with
// the states that they came to rest in. The oracle module records them, the
// planner's tests replay them, and people read them.
//
//	# 10 replicas, 30 % surge, 20 % unavailable
//	spec replicas=10 maxSurge=30% maxUnavailable=20%
//	scenario readiness=one-by-one
//	start      -> 1:10/10/10
//	update     -> 1:8/8/8 2:5/0/0
//	run 2      -> 1:7/7/7 2:6/1/1
//	           -> 1:6/6/6 2:7/2/2
//	scale 20   -> 1:9/6/6 2:11/2/2 unavailable
//
// Each event has the state that follows it; a run has one a round. A state
// lists the revisions as created, oldest first, each with
// desired/ready/available pods, then what is not so common:
//
//	2as4:…      Kubernetes shows the number 4
//	2:…~3       3 pods are not ready, which is not desired - ready
//	2:…+3       3 pods terminate
//	unavailable the condition Available is false
//	overdue     the condition Progressing is false
//
// Where controllers race, each further outcome has a line with "or", and the
// trace ends there. An event that is refused has "refused" for a state.
// Fields of spec and scenario that are left out have Kubernetes' defaults;
// strategy, readiness and termination are RollingUpdate, manual and instant.
package trace

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/rollcast/rollcast/planner"
)

// A Trace is one scenario with the states that it leads to.
type Trace struct {
	Name     string // one line
	Spec     planner.Spec
	Scenario planner.Scenario
	// Steps holds the steps of each event: [0] the start, [i+1] those of event
	// i. It ends early after an outcome that is open, and with an event that
	// was refused, which has none.
	Steps   [][]planner.Step
	Refused bool
}

// All is the steps one after the other, as a plan has them.
func (t Trace) All() []planner.Step { return slices.Concat(t.Steps...) }

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

// State is a step as a trace has it, without what a trace leaves out: the
// index, the event, the reason and the seconds. Two steps with equal states
// say the same of the world.
func State(s planner.Step) string {
	words := make([]string, 0, len(s.Revisions)+2)
	for _, r := range s.Revisions {
		words = append(words, revision(r))
	}
	if !s.Conditions.Available {
		words = append(words, "unavailable")
	}
	if !s.Conditions.Progressing {
		words = append(words, "overdue")
	}
	return strings.Join(words, " ")
}

// Revisions is State without the conditions, as an alternative has it.
func Revisions(revisions []planner.Revision) string {
	words := make([]string, len(revisions))
	for i, r := range revisions {
		words[i] = revision(r)
	}
	return strings.Join(words, " ")
}

func revision(r planner.Revision) string {
	var b strings.Builder
	fmt.Fprint(&b, r.Revision)
	if r.As != 0 {
		fmt.Fprintf(&b, "as%d", r.As)
	}
	fmt.Fprintf(&b, ":%d/%d/%d", r.Desired, r.Ready, r.Available)
	if r.NotReady != r.Desired-r.Ready {
		fmt.Fprintf(&b, "~%d", r.NotReady)
	}
	if r.Terminating != 0 {
		fmt.Fprintf(&b, "+%d", r.Terminating)
	}
	return b.String()
}

// Outcomes are the states that a step allows: its own and, where controllers
// race, the others, sorted. Conditions are not among them then, because an
// alternative has none.
func Outcomes(s planner.Step) []string {
	if len(s.Alternatives) == 0 {
		return []string{State(s)}
	}
	outcomes := []string{Revisions(s.Revisions)}
	for _, a := range s.Alternatives {
		outcomes = append(outcomes, Revisions(a.Revisions))
	}
	slices.SortFunc(outcomes, func(a, b string) int { return cmp.Compare(b, a) })
	return slices.Compact(outcomes)
}
