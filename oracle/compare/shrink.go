package compare

import (
	"slices"

	"github.com/rollcast/rollcast/planner"
)

// Shrink makes a case smaller as long as it fails, and returns the smallest
// one found. fails is asked at most tries times.
func Shrink(c Case, tries int, fails func(Case) bool) Case {
	for smaller := true; smaller && tries > 0; {
		smaller = false
		for _, candidate := range candidates(c) {
			if tries--; tries < 0 {
				break
			}
			if fails(candidate) {
				c, smaller = candidate, true
				break
			}
		}
	}
	return c
}

// candidates are cases a little smaller than c, the boldest first.
func candidates(c Case) []Case {
	var all []Case
	events := c.Scenario.Events
	with := func(events []planner.Event) Case {
		smaller := c
		smaller.Scenario.Events = events
		return smaller
	}
	for cut := len(events) / 2; cut > 0; cut /= 2 { // drop stretches of events, from the end
		for from := len(events) - cut; from >= 0; from -= cut {
			all = append(all, with(slices.Delete(slices.Clone(events), from, from+cut)))
		}
	}
	for i, e := range events {
		for _, simpler := range simplerEvents(e) {
			changed := slices.Clone(events)
			changed[i] = simpler
			all = append(all, with(changed))
		}
	}
	for _, spec := range simplerSpecs(c.Spec) {
		smaller := c
		smaller.Spec = spec
		all = append(all, smaller)
	}
	if c.Scenario.Termination != planner.TerminateInstant {
		smaller := c
		smaller.Scenario.Termination = planner.TerminateInstant
		all = append(all, smaller)
	}
	return all
}

func simplerEvents(e planner.Event) (all []planner.Event) {
	for _, n := range lower(e.Pods) {
		if n > 0 {
			s := e
			s.Pods = n
			all = append(all, s)
		}
	}
	if e.Type == planner.EventScale {
		for _, n := range lower(e.Replicas) {
			s := e
			s.Replicas = n
			all = append(all, s)
		}
	}
	if e.Type == planner.EventRun && e.Rounds != 1 {
		s := e
		s.Rounds = 1
		all = append(all, s)
	}
	if e.Type == planner.EventUpdate && e.Edit != nil {
		all = append(all, planner.Event{Type: planner.EventUpdate}, planner.Event{Type: planner.EventScale, Replicas: *e.Edit.Replicas})
	}
	return all
}

func simplerSpecs(s planner.Spec) (all []planner.Spec) {
	add := func(differs bool, change func(*planner.Spec)) {
		if differs {
			simpler := s
			change(&simpler)
			all = append(all, simpler)
		}
	}
	for _, n := range lower(s.Replicas) {
		add(true, func(s *planner.Spec) { s.Replicas = n })
	}
	add(s.Paused, func(s *planner.Spec) { s.Paused = false })
	add(s.MinReadySeconds != 0, func(s *planner.Spec) { s.MinReadySeconds = 0 })
	add(s.ProgressDeadlineSeconds != 600, func(s *planner.Spec) { s.ProgressDeadlineSeconds = 600 })
	add(s.RevisionHistoryLimit != 10, func(s *planner.Spec) { s.RevisionHistoryLimit = 10 })
	return all
}

// lower are numbers to try instead of n.
func lower(n int32) []int32 {
	switch {
	case n <= 0:
		return nil
	case n < 3:
		return []int32{n - 1}
	default:
		return []int32{n / 2, n - 1}
	}
}
