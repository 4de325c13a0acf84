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
//	1. undo: 3 old, 3 available: 3 not available anyway: 1→0 of revision 2
func (p *page) undoSteps(rp *review.Plan) {
	steps := rp.Plan.IfBad.Undo
	if !p.Verbose {
		return
	}
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
		p.entry(label, plain, strconv.Itoa(i+1)+". "+clean(s.Event)+": "+words.sentence(s.Revisions)+", "+thousands(s.Available)+" available: "+clean(s.Why))
	}
}
