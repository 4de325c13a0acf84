package compare

import (
	"fmt"
	"slices"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/planner"
)

// A part is a case, or its beginning, with the planner's answer.
type part struct {
	Case
	flat    []planner.Step
	refused int          // the event that is refused, or -1
	unsure  map[int]bool // steps at which chance decided something else than sizes, see chance.go
}

// until is the part up to an event, for runs like a given one.
func (p part) until(event int, like Run) part {
	steps := 0
	for _, s := range like.Steps[:event+2] {
		steps += len(s)
	}
	p.Scenario.Events = p.Scenario.Events[:event+1]
	p.flat = p.flat[:steps]
	p.refused = -1
	return p
}

// match compares one run with the prediction. It returns how many states were
// compared, and the fault. A run that takes another of several predicted
// outcomes is compared no further.
func (p part) match(run Run, seen []map[string]bool, reached []int) (int, string) {
	real := slices.Concat(run.Steps...)
	for i, got := range real {
		if i >= len(p.flat) {
			return i, fmt.Sprintf("step %d: the controllers have one more: %s", i, trace.StateOf(got))
		}
		want := p.flat[i]
		reached[i]++
		if seen[i] == nil {
			seen[i] = map[string]bool{}
		}
		if trace.StateOf(want) == trace.StateOf(got) {
			seen[i][trace.Revisions(got.Revisions)] = true
			continue
		}
		if onlyDeadline(want, got) && deadlineRaces(p.flat[:i+1]) {
			seen[i][trace.Revisions(got.Revisions)] = true
			p.unsure[i] = true
			continue
		}
		outcome := trace.Revisions(got.Revisions)
		if len(want.Alternatives) > 0 && slices.Contains(trace.Outcomes(want), outcome) && outcome != trace.Revisions(want.Revisions) {
			seen[i][outcome] = true
			return i + 1, ""
		}
		if keptMore(want, got) && raceFault(p.Case, p.flat, i, eventOf(run.Steps, i)) == "" {
			p.unsure[i] = true
			return i + 1, ""
		}
		return i, fmt.Sprintf("step %d: the controllers: %s, the planner: %s", i, trace.StateOf(got), outcomes(want))
	}
	if len(real) < len(p.flat) {
		return len(real), fmt.Sprintf("step %d: the planner has one more: %s", len(real), trace.StateOf(p.flat[len(real)]))
	}
	if p.refused != run.Refused {
		return len(real), fmt.Sprintf("the planner refuses event %d, the controllers event %d (-1 is none)", p.refused, run.Refused)
	}
	return len(real), ""
}

func outcomes(s planner.Step) string {
	if len(s.Alternatives) == 0 {
		return trace.StateOf(s)
	}
	return fmt.Sprintf("one of %q", trace.Outcomes(s))
}
