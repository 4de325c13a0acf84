package report

import (
	"slices"
	"strconv"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/review"
)

// hazards are dangers that the simulation met.
func (p *page) hazards(list []planner.Hazard) {
	for i, h := range list {
		label := ""
		if i == 0 {
			label = "hazards"
		}
		p.entry(label, yellow, "step "+strconv.Itoa(h.Step)+": "+clean(h.Message)+" ("+clean(h.Field)+")")
	}
}

// untold are the hazards that nothing else on a review's screen tells: the
// arithmetic stands in the line of the strategy, too few pods in that of the
// lowest, and others in a finding at the same field where a rule has one. What
// stops a rollout is always told: the finding says that it stops, not why.
func untold(rp *review.Plan, found []*finding.Finding) []planner.Hazard {
	var list []planner.Hazard
	for _, h := range rp.Plan.Hazards {
		switch h.Hazard {
		case planner.HazardPercentRoundsToZero, planner.HazardBothRoundToZero, planner.HazardZeroAvailable, planner.HazardBelowBounds:
			continue
		case planner.HazardStalls, planner.HazardOverflow:
			list = append(list, h)
			continue
		}
		if !slices.ContainsFunc(found, func(f *finding.Finding) bool { return f.Path.String() == h.Field || f.Rule == hazardRules[h.Hazard] }) {
			list = append(list, h)
		}
	}
	return list
}

// hazardRules are the rules that say what a hazard says.
var hazardRules = map[string]string{
	planner.HazardProgressDeadline: "rollout-reported-failed-too-early",
	planner.HazardOldVersionFirst:  "scale-up-starts-old-pods",
	planner.HazardDeleteByHand:     "update-waits-for-deletion",
}
