// Package golden records what real controllers do with a scenario.
package golden

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/oracle/play"
)

// Play plays the scenario of a trace on the controllers of one minor and
// returns the states of each event.
type Play func(*testing.T, trace.Text, play.Options) ([][]string, error)

// Options of the i-th run of a scenario. In one half of the runs controllers
// see every write at once and race with nothing but each other, in the other
// half they lag behind as well. Either half finds outcomes that the other
// hardly ever has.
func Options(i int) play.Options {
	o := play.Options{Seed: uint64(i)}
	if i%2 == 1 {
		o.Latency = 10 * time.Millisecond
	}
	return o
}

// Record plays the scenario of a trace several times and returns the trace
// with what happened. If the runs disagree the controllers race: the trace
// then ends with the first state in which they do, and holds all its outcomes.
func Record(t *testing.T, do Play, text trace.Text, runs int) (trace.Text, error) {
	var all [][][]string
	for i := range runs {
		states, err := do(t, text, Options(i))
		var refused *play.Refused
		text.Refused = errors.As(err, &refused)
		if err != nil && !text.Refused {
			return text, fmt.Errorf("run %d: %w", i, err)
		}
		all = append(all, states)
	}
	var err error
	text.States, err = merge(all)
	text.Acts = text.Acts[:len(text.States)-1]
	return text, err
}

// merge makes the states of one trace out of several runs.
func merge(runs [][][]string) (merged [][]trace.State, err error) {
	for event, states := range runs[0] {
		merged = append(merged, nil)
		for round := range states {
			var outcomes trace.State
			for _, run := range runs {
				if len(run) <= event || len(run[event]) <= round {
					return merged, fmt.Errorf("event %d: the runs differ in how many rounds they have", event)
				}
				outcomes = append(outcomes, run[event][round])
			}
			slices.Sort(outcomes)
			outcomes = slices.Compact(outcomes)
			slices.Reverse(outcomes)
			merged[event] = append(merged[event], outcomes)
			if len(outcomes) > 1 {
				return merged, nil
			}
		}
	}
	return merged, nil
}
