// Package compare asks the planner and the real controllers the same question
// and compares their answers, state for state.
package compare

import (
	"errors"
	"fmt"
	"testing"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/oracle/cluster"
	"github.com/rollcast/rollcast/planner"
)

// A Case is one question.
type Case struct {
	Spec     planner.Spec
	Scenario planner.Scenario
}

// A Result is what a comparison found.
type Result struct {
	States int // states that were compared
	Races  int // among them, states for which the planner predicts several outcomes
	Unsure int // states in which chance decided something else than sizes, see chance.go
	Runs   int // real runs that it took
	// Fault is the difference in one sentence, "" if there is none.
	Fault string
	// Unseen says which predicted outcomes no run had, "" if there are none.
	Unseen string
	Step   int         // which step differs
	Real   trace.Trace // what the controllers did
	Plan   trace.Trace // what the planner says
}

// EnoughRuns is how many runs of the real controllers come to a step at which
// the planner predicts several outcomes, without any that was not seen before,
// until one that was not seen counts as one that does not exist.
const EnoughRuns = 400

// Compare plays a case on the planner and on the controllers. The first run of
// the controllers is given, with its number. Where the planner predicts a race
// further ones are made until each outcome was seen, but no longer than so many
// runs have come to the step since the last new one.
//
// Once a run has been compared to its end, further ones are played no longer
// than to the race.
func Compare(t *testing.T, do Play, c Case, first Run, most int) (Result, error) {
	res := Result{Real: first.trace(c)}
	flat, refused := predict(c)
	res.Plan = first.trace(c)
	res.Plan.Steps = regroup(flat, first.Steps)
	res.Plan.Refused = refused >= 0

	seen := make([]map[string]bool, len(flat)) // outcomes of each step
	reached := make([]int, len(flat))          // runs that came to it
	longest := first                           // whose events the steps belong to
	part := part{c, flat, refused, map[int]bool{}}
	var news, newsReached int // the run with the last new outcome, among all and among those that came to the step
	var known [2]int          // a step and how many outcomes it had then
	for run, i := first, 1; ; i++ {
		res.Runs++
		n, fault := part.match(run, seen, reached)
		if fault != "" {
			res.Fault, res.Step, res.Real = fault, n, run.trace(c)
			return res, nil
		}
		if n > res.States {
			res.States, longest = n, run
		}
		open := unseen(flat, seen, reached)
		if open < 0 {
			break
		}
		if at := [2]int{open, len(seen[open])}; at != known {
			known, news, newsReached = at, i, reached[open]
		}
		if reached[open]-newsReached >= most || i-news >= 3*most {
			res.Step = open
			res.Unseen = fmt.Sprintf("step %d: of the predicted outcomes %q only %q happen in %d runs", open, trace.Outcomes(flat[open]), keys(seen[open]), reached[open])
			break
		}
		if res.States == len(flat) {
			part = part.until(eventOf(longest.Steps, open), longest)
		}
		var err error
		for run, err = Again(t, do, part.Case, first.Number+i); err != nil && first.Number+i >= cluster.BusyFrom; i++ {
			run, err = Again(t, do, part.Case, first.Number+i+1)
		}
		if err != nil {
			return res, err
		}
	}
	for i := range res.States {
		if len(flat[i].Alternatives) == 0 {
			if part.unsure[i] {
				res.Unsure++
			}
			continue
		}
		res.Races++
		if why := raceFault(c, flat, i, eventOf(longest.Steps, i)); why != "" {
			res.Step, res.Fault = i, fmt.Sprintf("step %d: several outcomes are predicted where the controllers do not race: %s", i, why)
			return res, nil
		}
	}
	return res, nil
}

// predict is the planner's answer: its steps and the event it refuses, or -1.
func predict(c Case) ([]planner.Step, int) {
	plan, err := planner.Simulate(c.Spec, c.Scenario)
	if err == nil {
		return plan.Steps, -1
	}
	var refused *planner.EventError
	if !errors.As(err, &refused) {
		return nil, -2
	}
	before := c.Scenario
	before.Events = before.Events[:refused.Index]
	plan, err = planner.Simulate(c.Spec, before)
	if err != nil {
		return nil, -2
	}
	return plan.Steps, refused.Index
}

// unseen is the first step with a predicted outcome that no run has had, or at
// which no run has had any that is predicted; else -1.
func unseen(flat []planner.Step, seen []map[string]bool, reached []int) int {
	for i, step := range flat {
		if reached[i] == 0 {
			continue
		}
		if len(seen[i]) == 0 {
			return i
		}
		if len(step.Alternatives) == 0 {
			continue
		}
		for _, outcome := range trace.Outcomes(step) {
			if !seen[i][outcome] {
				return i
			}
		}
	}
	return -1
}
