package report

import (
	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/review"
)

// gauges are the lines that a rollout should stay right of: what its strategy
// keeps available, and what a budget asks for beyond that.
func gauges(rp *review.Plan) []gauge {
	var lines []gauge
	if n := rp.Plan.Bounds.MinAvailable; n > 0 {
		lines = append(lines, gauge{n, floorLine, yellow})
	}
	if b := strictest(rp); b != nil && own(b) > rp.Plan.Bounds.MinAvailable {
		lines = append(lines, gauge{own(b), budgetLine, red})
	}
	return lines
}

// availableStyle warns where too few are available.
func availableStyle(rp *review.Plan, s planner.Step) style {
	switch b := strictest(rp); {
	case !s.Conditions.Available, s.Available == 0 && rp.Plan.Replicas.To > 0:
		return boldRed
	case b != nil && s.Available < own(b):
		return red
	default:
		return bold
	}
}

// own is how many pods of this workload the budget asks for, once those of
// other workloads are counted.
func own(b *review.Budget) int64 { return b.MinReady - b.Others }

// strictest is the budget that asks for the most pods, nil without one.
func strictest(rp *review.Plan) *review.Budget {
	var most *review.Budget
	for i := range rp.Budgets {
		if b := &rp.Budgets[i]; most == nil || own(b) > own(most) {
			most = b
		}
	}
	return most
}

// budgetName is PDB and the name, as people speak of it.
func budgetName(b *review.Budget) string { return "PDB " + clean(b.Document.Name) }
