package report

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/review"
)

// alike are the first plan and its variants: the same workload with other numbers
// of replicas.
func alike(plans []review.Plan) []review.Plan {
	n := 1
	for n < len(plans) && plans[n].Variant {
		n++
	}
	return plans[:n]
}

// matrix is one workload with several numbers of replicas, a row each.
func (p *page) matrix(plans []review.Plan) {
	p.blank()
	p.line(p.workloadName(plans[0].Document))
	t := table{gap: 1, columns: []column{{"replicas", true}, {"surge", true}, {"unavailable", true}, {"peak", true}, {"+terminating", true}, {"lowest", true}, {"", false}, {"time", true}, {"if bad", true}, {"outcome", false}}}
	refused := ""
	for i := range plans {
		plan := plans[i].Plan
		if plan == nil {
			refused = plans[i].NoPlan
			continue
		}
		bad, time, st := "", "", plain
		if plan.IfBad != nil {
			bad = thousands(plan.IfBad.Available)
		}
		if plan.DurationSeconds != nil {
			time = span(*plan.DurationSeconds)
		}
		if plan.Outcome == planner.Stalled || plan.Outcome == planner.Failed {
			st = boldRed
		}
		outcome := string(plan.Outcome)
		if slices.ContainsFunc(plans[i].Rooms, func(r review.Room) bool { return r.Stalls }) {
			outcome, st = "no room", boldRed
		}
		cells := []cell{{text: thousands(int64(plan.Replicas.To))}, {text: thousands(int64(plan.Strategy.SurgePods))}, {text: thousands(int64(plan.Strategy.UnavailablePods))},
			{text: thousands(plan.PeakPods)}, {text: thousands(plan.PeakPodsWithTerminating)}, {text: thousands(plan.MinAvailable)}, {text: shareKept(plan)}, {text: time}, {text: bad}, {text: outcome, st: st}}
		t.rows = append(t.rows, row{cells: cells})
	}
	if len(t.rows) > 0 {
		p.blank()
		p.table(t)
		p.blank()
		p.entry("peak", dim, "pods at one time, terminating ones aside")
		p.entry("lowest", dim, "the fewest available pods on the way")
		p.entry("if bad", dim, "available pods that are left if the new version never becomes ready")
	}
	if refused != "" {
		p.entry("no plan", yellow, clean(refused))
	}
}

// shareKept is the fewest available pods as a part of those wanted, rounded down.
func shareKept(plan *planner.Plan) string {
	want := int64(max(plan.Replicas.From, plan.Replicas.To))
	if want == 0 {
		return ""
	}
	return strconv.FormatInt(plan.MinAvailable*100/want, 10) + "%"
}

// planMarkdown is a plan as a table, and every step in parts that fold.
func planMarkdown(w io.Writer, r *review.Result, _ Options) error {
	s := &sheet{}
	base, more := covered(r)
	s.add("### rollcast plan\n\n" + strings.ReplaceAll(base+more, noBreak, " ") + "\n")
	s.plans(r)
	s.rejected(r)
	s.hazards(r)
	s.details(r)
	return s.end(w, "rollcast plan")
}

// rejected are what the API server would reject besides the workloads, for which
// the plan exits with 1.
func (s *sheet) rejected(r *review.Result) {
	list := rejected(r)
	if len(list) > 0 {
		s.add("\n| severity | where | the API server would reject |\n|---|---|---|\n")
	}
	for i := range list {
		if i == markdownRows || !s.add(markdownRow(&list[i])) {
			s.text.WriteString("\n" + count(len(list)-i, "more error is", "more errors are") + " left out of the table\n")
			return
		}
	}
}
