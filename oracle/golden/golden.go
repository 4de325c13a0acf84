// Package golden records what real controllers do with a scenario, and checks
// that they still do it.
package golden

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/oracle/cluster"
	"github.com/rollcast/rollcast/oracle/play"
)

// Play plays the scenario of a trace on the controllers of one minor and
// returns the states of each event.
type Play func(*testing.T, trace.Text, play.Options) ([][]string, error)

// Options of the i-th run of a scenario. In one half of the runs controllers
// see every write at once and race with nothing but each other, in the other
// half they lag behind as well. Either half finds outcomes that the other
// hardly ever has. In those that look for rare outcomes they always lag behind.
func Options(i int) play.Options {
	o := play.Options{Seed: uint64(i)}
	if i%2 == 1 || i >= cluster.SweepFrom {
		o.Latency = 10 * time.Millisecond
	}
	return o
}

// A run is the states of each event; the event that was refused, if any, is
// the last one.
type run struct {
	states  [][]string
	refused bool
}

// at is the state of a round of an event, or why there is none.
func (r run) at(event, round int) string {
	switch {
	case r.refused && event == len(r.states)-1:
		return refused
	case event >= len(r.states) || round >= len(r.states[event]):
		return noMore
	}
	return r.states[event][round]
}

// What a run has instead of a state.
const (
	refused = "refused"
	noMore  = "no more states"
)

// playAll makes the runs from one number up to another.
func playAll(t *testing.T, do Play, text trace.Text, from, to int) (all []run, err error) {
	for i := from; i < to; i++ {
		states, err := do(t, text, Options(i))
		var refused *play.Refused
		if err != nil && !errors.As(err, &refused) {
			return nil, fmt.Errorf("run %d: %w", i, err)
		}
		all = append(all, run{states, refused != nil})
	}
	return all, nil
}

// Record plays the scenario of a trace several times and returns the trace
// with what happened. Where the runs disagree the controllers race, and the
// trace ends with all outcomes. Of kinds other than Deployments, whose races
// are accidents that nobody predicts, it goes on if four in five runs agree.
func Record(t *testing.T, do Play, text trace.Text, runs int) (trace.Text, error) {
	all, err := playAll(t, do, text, 0, runs)
	if err != nil {
		return text, err
	}
	other := accidental(text)
	text.States, text.Refused = nil, false
	for event := 0; event <= len(text.Acts); event++ {
		text.States = append(text.States, nil)
		for round := 0; ; round++ {
			outcomes, main := tally(all, event, round)
			if len(outcomes) > 1 && (!other || len(main)*5 < len(all)*4) {
				slices.SortFunc(outcomes, func(a, b string) int { return strings.Compare(b, a) })
				text.States[event] = append(text.States[event], trace.State{Outcomes: outcomes})
				text.Acts = text.Acts[:event]
				return text, nil
			}
			all = main
			if outcomes[0] == refused {
				text.Refused, text.Acts = true, text.Acts[:event]
				return text, nil
			}
			if outcomes[0] == noMore {
				break
			}
			text.States[event] = append(text.States[event], trace.State{Outcomes: outcomes[:1], Rare: outcomes[1:]})
		}
	}
	return text, nil
}

// accidental tells whether a trace is of a kind whose races are accidents.
func accidental(text trace.Text) bool {
	_, other := text.Spec.Get("kind") // a Deployment needs no kind
	return other
}

// tally lists what the runs came to, the most frequent outcome first, and the
// runs that came to it.
func tally(all []run, event, round int) (outcomes []string, main []run) {
	by := map[string][]run{}
	for _, r := range all {
		by[r.at(event, round)] = append(by[r.at(event, round)], r)
	}
	outcomes = slices.SortedFunc(maps.Keys(by), func(a, b string) int {
		return cmp.Or(len(by[b])-len(by[a]), strings.Compare(a, b))
	})
	return outcomes, by[outcomes[0]]
}
