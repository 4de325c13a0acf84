// Package golden records what real controllers do with a scenario and checks
// that what was recorded is still so.
package golden

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/oracle/play"
	"github.com/rollcast/rollcast/planner"
)

// Play plays a scenario on the controllers of one minor.
type Play func(*testing.T, planner.Spec, planner.Scenario, play.Source, play.Options) ([][]planner.Step, error)

// Options of the i-th run of a scenario. In one half of the runs controllers
// see every write at once and race with nothing but each other, in the other
// half they lag behind as well. Either half finds outcomes that the other
// hardly ever has.
func Options(i int) play.Options {
	o := play.Options{Seed: uint64(i)}
	if i%2 == 1 {
		o.Latency = 30 * time.Millisecond
	}
	return o
}

// Record plays the scenario of a trace several times and returns the trace
// with what happened. If the runs disagree the controllers race: the trace
// then ends with the first step on which they do, and holds all its outcomes.
func Record(t *testing.T, do Play, tr trace.Trace, runs int) (trace.Trace, error) {
	var all []trace.Trace
	for i := range runs {
		got := trace.Trace{Name: tr.Name, Spec: tr.Spec, Scenario: tr.Scenario}
		steps, err := do(t, tr.Spec, tr.Scenario, play.Script(tr.Scenario.Events), Options(i))
		var refused *play.Refused
		if got.Refused = errors.As(err, &refused); err != nil && !got.Refused {
			return tr, fmt.Errorf("run %d: %w", i, err)
		}
		got.Steps = steps
		all = append(all, got)
	}
	return merge(all)
}

// merge makes one trace of several runs.
func merge(runs []trace.Trace) (trace.Trace, error) {
	merged := runs[0]
	for event := range merged.Steps {
		for round := range merged.Steps[event] {
			outcomes := map[string]planner.Step{}
			for _, run := range runs {
				if len(run.Steps) <= event || len(run.Steps[event]) <= round {
					return merged, fmt.Errorf("event %d: the runs differ in how many rounds they have", event)
				}
				step := run.Steps[event][round]
				outcomes[trace.State(step)] = step
			}
			if len(outcomes) == 1 {
				continue
			}
			merged.Steps = slices.Clone(merged.Steps[:event+1])
			merged.Steps[event] = slices.Clone(merged.Steps[event][:round+1])
			step := &merged.Steps[event][round]
			own := trace.Revisions(step.Revisions)
			for _, other := range outcomes {
				if trace.Revisions(other.Revisions) != own {
					step.Alternatives = append(step.Alternatives, planner.Alternative{Revisions: other.Revisions})
				}
			}
			if len(step.Alternatives) == 0 {
				return merged, fmt.Errorf("event %d: the runs differ in the conditions: %v", event, outcomes)
			}
			return merged, nil
		}
	}
	return merged, nil
}
