package golden

import (
	"fmt"
	"slices"
	"testing"

	"github.com/rollcast/rollcast/internal/trace"
)

// secondOpinion is how many more runs decide about one that did something
// else than was recorded, where races are accidents.
const secondOpinion = 20

// Check plays the scenario of a recorded trace several times and returns the
// first fault. It is sound with any number of runs: each has to come to what
// was recorded, or to one of the outcomes of a race.
//
// Of kinds other than Deployments any state may have an outcome too rare to be
// recorded. There a run that strays is a fault only if half of some more runs
// stray too.
//
// If it is thorough, each outcome of a race has to be that of some run. That
// needs many.
func Check(t *testing.T, do Play, text trace.Text, runs int, thorough bool) error {
	all, err := playAll(t, do, text, 0, runs)
	if err != nil {
		return err
	}
	fault := stale(text, all, 0, thorough)
	if fault == nil || !accidental(text) {
		return fault
	}
	more, err := playAll(t, do, text, runs, runs+secondOpinion)
	if err != nil {
		return err
	}
	return stale(text, append(all, more...), 0.5, thorough)
}

// stale compares runs with what was recorded. Of those that come to a state,
// a share may stray.
func stale(text trace.Text, all []run, tolerated float64, thorough bool) error {
	all = slices.Clone(all)
	for event, states := range text.States {
		end := noMore
		if text.Refused && event == len(text.States)-1 {
			end = refused
		}
		for round, state := range append(slices.Clone(states), trace.State{Outcomes: []string{end}}) {
			came := len(all)
			missing := slices.Clone(state.Outcomes)
			strays, stray := 0, ""
			all = slices.DeleteFunc(all, func(r run) bool {
				got := r.at(event, round)
				missing = slices.DeleteFunc(missing, func(outcome string) bool { return outcome == got })
				if !slices.Contains(state.Outcomes, got) && !slices.Contains(state.Rare, got) {
					strays, stray = strays+1, got
				}
				return got != state.Outcomes[0]
			})
			switch {
			case float64(strays) > tolerated*float64(came):
				return fmt.Errorf("event %d, round %d: recorded %q, now %s in %d of %d runs", event, round, state.Outcomes, stray, strays, came)
			case thorough && len(missing) > 0:
				return fmt.Errorf("event %d, round %d: none of %d runs came to %q", event, round, came, missing)
			case len(state.Outcomes) > 1:
				return nil // the trace ends with a race
			}
		}
	}
	return nil
}
