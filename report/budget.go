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

// own is how many pods of this workload the budget asks for while those of the
// other workloads that it covers are all ready: of 9 of 12, with 8 of others, 1.
func own(b *review.Budget) int64 { return max(0, b.MinReady-b.Others) }

// asks is what the budget asks for, in the one number that every line of a plan
// shows: PDB web asks for 9, PDB all asks for 1 here.
func asks(b *review.Budget) string {
	return budgetName(b) + " asks for " + thousands(own(b)) + here(b)
}

// here tells that the number is this workload's part of what a shared budget
// asks for.
func here(b *review.Budget) string {
	if b.Others > 0 {
		return " here"
	}
	return ""
}

// budgetSource is where the number comes from: the field as it is written, and
// the whole where several workloads share it.
func budgetSource(b *review.Budget) string { return budgetField(b) + shared(b, ": ") }

// shared is the number for all of a shared budget's workloads, "" for one.
func shared(b *review.Budget, before string) string {
	if b.Others == 0 {
		return ""
	}
	return before + thousands(b.MinReady) + " of the " + thousands(b.All) + " pods that " +
		count(b.Workloads, "workload", "workloads") + " want together"
}

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
