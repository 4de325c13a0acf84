package report

import (
	"io"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/review"
)

// planText is every rollout for people: a table with bars, then what is to be
// known about it.
func planText(w io.Writer, r *review.Result, o Options) error {
	p := newPage(o)
	p.judgedAs(r, "", plain)
	for i := 0; i < len(r.Plans); i++ {
		rp := &r.Plans[i]
		if p.Quiet {
			p.planLine(rp)
			continue
		}
		if group := alike(r.Plans[i:]); len(group) > 1 {
			p.matrix(group)
			i += len(group) - 1
			continue
		}
		if rp.Plan == nil {
			continue
		}
		p.blank()
		p.planHeader(rp)
		p.blank()
		p.steps(rp, stepsWithReasons)
		p.blank()
		if rp.Plan.Strategy.Cron != "" {
			p.runsEnding(rp.Plan)
			continue
		}
		if rp.Plan.Strategy.Job {
			p.jobEnding(rp)
		} else {
			p.ending(rp.Plan)
			p.lowest(rp)
		}
		p.peak(rp)
		p.rooms(rp)
		p.duration(rp.Plan)
		p.ifBad(rp)
		p.undoSteps(rp)
		p.hazards(rp.Plan.Hazards)
	}
	if !p.Quiet {
		p.unplanned(r.Plans)
	}
	p.rejections(r)
	if len(r.Plans) == 0 && r.Base != "" {
		p.line("nothing rolls out: no workload differs from " + clean(r.Base) + " in its pods or their number")
	} else if len(r.Plans) == 0 {
		p.line("no workload to plan in " + count(r.Summary.Documents, "object", "objects") + " of " + count(r.Summary.Files, "file", "files"))
	}
	return p.flush(w)
}

// planHeader names the workload, its place and its strategy.
func (p *page) planHeader(rp *review.Plan) {
	p.line(p.workloadName(rp.Document))
	arithmetic, bounds := strategyTexts(rp.Plan)
	if both := arithmetic + ": " + bounds; p.Width == 0 || displayWidth(both) <= p.Width {
		p.indented(0, plain, both)
		return
	}
	p.indented(0, plain, arithmetic)
	p.indented(0, plain, bounds)
}

// workloadName is the object and where it starts.
func (p *page) workloadName(d *manifest.Document) string {
	return p.paint(bold, clean(d.Label())) + p.paint(dim, " · "+clean(d.File.Name)+":"+strconv.Itoa(startLine(d)))
}

// unplannedEach is how many workloads without a plan are named for one reason.
const unplannedEach = 5

// unplanned lists the workloads that have no plan, by reason: first those that
// the API server refuses, whose rollout will not start at all.
func (p *page) unplanned(plans []review.Plan) {
	var reasons []string
	of := map[string][]*review.Plan{}
	for _, refused := range []bool{true, false} {
		for i := range plans {
			if rp := &plans[i]; rp.Plan == nil && rp.Refused == refused {
				if of[rp.NoPlan] == nil {
					reasons = append(reasons, rp.NoPlan)
				}
				of[rp.NoPlan] = append(of[rp.NoPlan], rp)
			}
		}
	}
	for _, reason := range reasons {
		list := of[reason]
		p.blank()
		p.indented(0, yellow, "no plan: "+clean(reason))
		for i, rp := range list {
			if i == unplannedEach && !p.Verbose {
				p.indented(2, dim, "and "+count(len(list)-i, "more workload", "more workloads")+" (-v names them)")
				break
			}
			p.line("  ", p.workloadName(rp.Document))
		}
	}
}

// planLine is a plan in one line.
func (p *page) planLine(rp *review.Plan) {
	d := rp.Document
	p.line(p.paint(bold, clean(d.File.Name)+":"+strconv.Itoa(startLine(d))+":"), " ", clean(d.Label()), ": ", p.planSentence(rp))
}

// planSentence is the outcome in a few figures.
func (p *page) planSentence(rp *review.Plan) string {
	plan := rp.Plan
	if plan == nil {
		return p.paint(yellow, "no plan: "+clean(rp.NoPlan))
	}
	text := strings.ReplaceAll(figures(plan), noBreak, " ") // one line, whatever the width
	if plan.Outcome == planner.Stalled || plan.Outcome == planner.Failed {
		return p.paint(boldRed, text)
	}
	return text
}

// figures are a rollout in one clause: its outcome, its bounds and its time.
func figures(plan *planner.Plan) string {
	if plan.Strategy.Cron != "" {
		return count(len(plan.Runs), "run", "runs")
	}
	if plan.Strategy.Job {
		text := string(plan.Outcome) + ", at most " + pods(plan.PeakPods)
		if plan.DurationSeconds != nil {
			text += ", " + spanLong(*plan.DurationSeconds)
		}
		return text
	}
	text := string(plan.Outcome) + ", at least " + thousands(plan.MinAvailable) + " of " + thousands(int64(plan.Replicas.To)) +
		" available, at most " + pods(plan.PeakPods)
	if plan.DurationSeconds != nil {
		text += ", " + spanLong(*plan.DurationSeconds)
	}
	return text
}
