package report

import (
	"github.com/rollcast/rollcast/planner"
)

// How many steps of a long rollout are shown: the first, the last, and the
// turning points between them.
const (
	firstSteps = 5
	lastSteps  = 4
	mostSteps  = 12
)

// turningPoints leaves out the middle of a long rollout, but not the state
// with the fewest pods available nor those in which a hazard shows.
func turningPoints(p *planner.Plan) []planner.Step {
	if len(p.Steps) <= mostSteps {
		return p.Steps
	}
	keep := map[int]bool{}
	lowest := 0
	for i, s := range p.Steps {
		if i < firstSteps || i >= len(p.Steps)-lastSteps {
			keep[i] = true
		}
		if s.Available < p.Steps[lowest].Available {
			lowest = i
		}
	}
	keep[lowest] = true
	for i, h := range p.Hazards {
		if i < mostSteps-firstSteps-lastSteps-1 && h.Step >= 0 && h.Step < len(p.Steps) {
			keep[h.Step] = true
		}
	}
	var shown []planner.Step
	for i, s := range p.Steps {
		if keep[i] {
			shown = append(shown, s)
		}
	}
	return shown
}

// gapText says what the steps that are left out have in common.
func gapText(left []planner.Step) string {
	low, high := left[0].Available, left[0].Available
	for _, s := range left {
		low, high = min(low, s.Available), max(high, s.Available)
	}
	available := thousands(low)
	if low != high {
		available += " to " + thousands(high)
	}
	return "⋮ " + count(len(left), "step", "steps") + " with " + available + " available (-v shows them)"
}
