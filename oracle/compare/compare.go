// Package compare asks the planner and the real controllers the same question
// and compares their answers, state for state.
package compare

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/rollcast/rollcast/internal/trace"
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
	Runs   int // real runs that it took
	// Fault is the difference in one sentence, "" if there is none.
	Fault string
	Step  int         // which step differs
	Real  trace.Trace // what the controllers did
	Plan  trace.Trace // what the planner says
}

// Runs of the real controllers on a scenario in which the planner predicts
// several outcomes: as many as it takes to see each of them, and not more than
// this. An outcome that is not seen in enough runs that came to its step is
// one that does not exist.
const (
	enoughRuns = 400
	mostRuns   = 1000
)

// Compare plays a case on the planner and on the controllers. The first run of
// the controllers is given, with its number; further ones are made where the
// planner predicts a race.
func Compare(t *testing.T, do Play, c Case, first Run) (Result, error) {
	res := Result{Real: first.trace(c)}
	flat, refused := predict(c)
	res.Plan = first.trace(c)
	res.Plan.Steps = regroup(flat, first.Steps)
	res.Plan.Refused = refused >= 0

	seen := make([]map[string]bool, len(flat)) // outcomes of each step
	reached := make([]int, len(flat))          // runs that came to it
	for run, i := first, 0; ; i++ {
		res.Runs++
		n, fault := match(flat, refused, run, seen, reached)
		res.States = max(res.States, n)
		if fault != "" {
			res.Fault, res.Step, res.Real = fault, n, run.trace(c)
			return res, nil
		}
		open := unseen(flat, seen, reached)
		if open < 0 {
			break
		}
		if i == mostRuns || reached[open] >= enoughRuns {
			res.Step = open
			res.Fault = fmt.Sprintf("step %d: of the predicted outcomes %q only %q happen in %d runs", open, trace.Outcomes(flat[open]), keys(seen[open]), reached[open])
			return res, nil
		}
		var err error
		if run, err = Again(t, do, c, first.Number+i+1); err != nil {
			return res, err
		}
	}
	for i := range res.States {
		if len(flat[i].Alternatives) == 0 {
			continue
		}
		res.Races++
		if why := raceFault(c, flat, i, eventOf(first.Steps, i)); why != "" {
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

// match compares one run with the prediction. It returns how many states were
// compared, and the fault. A run that takes another of several predicted
// outcomes is compared no further.
func match(flat []planner.Step, refused int, run Run, seen []map[string]bool, reached []int) (int, string) {
	real := slices.Concat(run.Steps...)
	for i, got := range real {
		if i >= len(flat) {
			return i, fmt.Sprintf("step %d: the controllers have one more: %s", i, trace.StateOf(got))
		}
		want := flat[i]
		reached[i]++
		if seen[i] == nil {
			seen[i] = map[string]bool{}
		}
		if trace.StateOf(want) == trace.StateOf(got) {
			seen[i][trace.Revisions(got.Revisions)] = true
			continue
		}
		outcome := trace.Revisions(got.Revisions)
		if len(want.Alternatives) > 0 && slices.Contains(trace.Outcomes(want), outcome) && outcome != trace.Revisions(want.Revisions) {
			seen[i][outcome] = true
			return i + 1, ""
		}
		return i, fmt.Sprintf("step %d: the controllers: %s, the planner: %s", i, trace.StateOf(got), outcomes(want))
	}
	if len(real) < len(flat) {
		return len(real), fmt.Sprintf("step %d: the planner has one more: %s", len(real), trace.StateOf(flat[len(real)]))
	}
	if refused != run.Refused {
		return len(real), fmt.Sprintf("the planner refuses event %d, the controllers event %d (-1 is none)", refused, run.Refused)
	}
	return len(real), ""
}

// unseen is the first step with a predicted outcome that no run has had, or -1.
func unseen(flat []planner.Step, seen []map[string]bool, reached []int) int {
	for i, step := range flat {
		if len(step.Alternatives) == 0 || reached[i] == 0 {
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

func outcomes(s planner.Step) string {
	if len(s.Alternatives) == 0 {
		return trace.StateOf(s)
	}
	return fmt.Sprintf("one of %q", trace.Outcomes(s))
}
