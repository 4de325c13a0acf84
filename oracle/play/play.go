// Package play acts out the planner's scenarios on real controllers and writes
// down the states they come to rest in, in the planner's own words.
//
// It shares types with the planner and nothing else. What a round is, which
// pods become ready in it and when deleted pods are gone is read from
// CONTRACT.md here a second time, so that a wrong reading there does not hide
// itself.
package play

import "fmt"

// Refused is the error of an event that has no meaning in its state.
type Refused struct {
	Event int // index in the scenario
	Why   string
}

func (r *Refused) Error() string { return fmt.Sprintf("event %d: %s", r.Event, r.Why) }

// refuse makes the reason of a Refused; the player adds the index.
type refuse string

func (r refuse) Error() string { return string(r) }

// A player acts out events of a type E on one workload, whose states have the
// type S.
type player[E, S any] interface {
	// rounds is how many rounds an event runs, planner.RunToEnd for all there
	// are; it reports false for an event that is no run.
	rounds(E) (int, bool)
	// act does one event other than a run and lets the controllers settle.
	act(E) error
	// round is one readiness round. It reports false for a round in which
	// nothing could become ready: that is no step and ends the run.
	round() (bool, error)
	// state is the state that the controllers rest in.
	state() (S, error)
}

// A Source says what happens next, given the state that the last event led
// to. It reports false at the end of the scenario.
type Source[E, S any] func(last S) (E, bool)

// Script is the source of a scenario that is written down.
func Script[E, S any](events []E) Source[E, S] {
	return func(S) (event E, more bool) {
		if len(events) == 0 {
			return event, false
		}
		event = events[0]
		events = events[1:]
		return event, true
	}
}

// perform plays events and returns the states of each: [0] the start, [i+1]
// those of event i. A refused event is the last one and has none.
func perform[E, S any](p player[E, S], next Source[E, S]) ([][]S, error) {
	last, err := p.state()
	if err != nil {
		return nil, err
	}
	all := [][]S{{last}}
	for i := 0; ; i++ {
		event, more := next(last)
		if !more {
			return all, nil
		}
		states, err := performOne(p, event)
		all = append(all, states)
		if why, ok := err.(refuse); ok {
			return all, &Refused{Event: i, Why: string(why)}
		}
		if err != nil {
			return all, fmt.Errorf("event %d (%v): %w", i, event, err)
		}
		if len(states) > 0 {
			last = states[len(states)-1]
		}
	}
}

func performOne[E, S any](p player[E, S], event E) (states []S, err error) {
	rounds, run := p.rounds(event)
	if !run {
		if err := p.act(event); err != nil {
			return nil, err
		}
		rounds = 1
	}
	for i := 0; i != rounds; i++ {
		if run {
			if more, err := p.round(); err != nil || !more {
				return states, err
			}
		}
		state, err := p.state()
		if err != nil {
			return states, err
		}
		states = append(states, state)
	}
	return states, nil
}
