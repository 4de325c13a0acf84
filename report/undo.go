package report

import (
	"strconv"

	"github.com/rollcast/rollcast/review"
)

// mostUndoSteps bounds the steps that are written of a way back.
const mostUndoSteps = 20

// undoSteps are the states of the way back from a bad image, one a line. Who
// asks for everything gets them; JSON always has them.
//
//  1. undo: 8 old + 2 new, 8 available
//  2. run: 10 old, 10 available
//
// Why it is so is said of a StatefulSet only, by the names of its pods: what
// its steps call new elsewhere is the version that comes back.
func (p *page) undoSteps(rp *review.Plan) {
	if !p.Verbose || rp.Plan.IfBad == nil {
		return
	}
	steps := rp.Plan.IfBad.Undo
	words := newCast(rp.Plan, mostRoles)
	for i, s := range steps {
		label := ""
		if i == 0 {
			label = "undo"
		}
		if i == mostUndoSteps {
			p.entry("", dim, "⋮ "+count(len(steps)-i, "step", "steps")+" more, as JSON has them")
			break
		}
		text := strconv.Itoa(i+1) + ". " + clean(s.Event) + ": " + words.sentence(s.Revisions) + ", " + thousands(s.Available) + " available"
		if rp.Plan.Strategy.PodManagement != "" {
			text += ": " + clean(s.Why)
		}
		p.entry(label, plain, text)
	}
}
