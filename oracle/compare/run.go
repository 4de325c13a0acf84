package compare

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/oracle/golden"
	"github.com/rollcast/rollcast/oracle/play"
	"github.com/rollcast/rollcast/planner"
)

// A Run is one run of the real controllers.
type Run struct {
	Number  int // decides the seed and the latencies
	Steps   [][]planner.Step
	Refused int // the event that was refused, or -1
}

// Play plays a scenario on the controllers of one minor.
type Play func(*testing.T, planner.Spec, planner.Scenario, play.Source[planner.Event, planner.Step], play.Options) ([][]planner.Step, error)

// Again runs the controllers on a case.
func Again(t *testing.T, do Play, c Case, number int) (Run, error) {
	steps, err := do(t, c.Spec, c.Scenario, play.Script[planner.Event, planner.Step](c.Scenario.Events), golden.Options(number))
	return NewRun(number, steps, err)
}

// NewRun is the run with what the controllers did.
func NewRun(number int, steps [][]planner.Step, err error) (Run, error) {
	run := Run{Number: number, Steps: steps, Refused: -1}
	var refused *play.Refused
	if errors.As(err, &refused) {
		run.Refused = refused.Event
		return run, nil
	}
	return run, err
}

func (r Run) trace(c Case) trace.Trace {
	return trace.Trace{Spec: c.Spec, Scenario: c.Scenario, Steps: r.Steps, Refused: r.Refused >= 0}
}

// regroup gives the planner's steps to the events that the real ones belong to.
func regroup(flat []planner.Step, like [][]planner.Step) [][]planner.Step {
	var grouped [][]planner.Step
	for i, steps := range like {
		n := min(len(steps), len(flat))
		if i == len(like)-1 {
			n = len(flat)
		}
		grouped = append(grouped, flat[:n])
		flat = flat[n:]
	}
	return grouped
}

// eventOf is the index of the event that a step belongs to, -1 for the start.
func eventOf(steps [][]planner.Step, step int) int {
	for event, s := range steps {
		if step < len(s) {
			return event - 1
		}
		step -= len(s)
	}
	return len(steps) - 2
}

func keys(m map[string]bool) []string { return slices.Sorted(maps.Keys(m)) }
