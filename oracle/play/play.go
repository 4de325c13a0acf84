// Package play acts out the planner's scenarios on real controllers and writes
// down the states they come to rest in, in the planner's own words.
//
// It shares types with the planner and nothing else. What a round is, which
// pods become ready in it and when deleted pods are gone is read from
// CONTRACT.md here a second time, so that a wrong reading there does not hide
// itself.
package play

import (
	"fmt"

	"github.com/rollcast/rollcast/planner"
)

// Refused is the error of an event that has no meaning in its state.
type Refused struct {
	Event int // index in the scenario
	Why   string
}

func (r *Refused) Error() string { return fmt.Sprintf("event %d: %s", r.Event, r.Why) }

// refuse makes the reason of a Refused; the player adds the index.
type refuse string

func (r refuse) Error() string { return string(r) }

// A player acts out events on one workload.
type player interface {
	// act does one event other than run and lets the controllers settle.
	act(planner.Event) error
	// round is one readiness round. It reports false for a round in which
	// nothing could become ready: that is no step and ends the run.
	round() (bool, error)
	// state is the state that the controllers rest in.
	state() (planner.Step, error)
}

// A Source says what happens next, given the state that the last event led
// to. It reports false at the end of the scenario.
type Source func(last planner.Step) (planner.Event, bool)

// Script is the source of a scenario that is written down.
func Script(events []planner.Event) Source {
	return func(planner.Step) (planner.Event, bool) {
		if len(events) == 0 {
			return planner.Event{}, false
		}
		event := events[0]
		events = events[1:]
		return event, true
	}
}

// perform plays events and returns the steps of each: [0] the start, [i+1]
// those of event i. A refused event is the last one and has none.
func perform(p player, next Source) (all [][]planner.Step, err error) {
	var last planner.Step
	total := 0
	record := func(name string) error {
		step, err := p.state()
		step.Index, step.Event = total, name
		total++
		all[len(all)-1] = append(all[len(all)-1], step)
		last = step
		return err
	}
	all = append(all, nil)
	if err := record("start"); err != nil {
		return nil, err
	}
	for i := 0; ; i++ {
		event, more := next(last)
		if !more {
			return all, nil
		}
		all = append(all, nil)
		err := func() error {
			if event.Type != planner.EventRun {
				if err := p.act(event); err != nil {
					return err
				}
				return record(string(event.Type))
			}
			for round := 0; round != event.Rounds; round++ {
				if more, err := p.round(); err != nil || !more {
					return err
				}
				if err := record(string(event.Type)); err != nil {
					return err
				}
			}
			return nil
		}()
		if why, ok := err.(refuse); ok {
			return all, &Refused{Event: i, Why: string(why)}
		}
		if err != nil {
			return all, fmt.Errorf("event %d (%s): %w", i, event.Type, err)
		}
	}
}
