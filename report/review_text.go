package report

import (
	"cmp"
	"io"
	"slices"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/review"
)

const (
	findingsEach   = 3  // findings shown in full for one workload
	findingsOthers = 10 // findings shown in full outside workloads
)

// reviewText is what someone on call wants to know, in that order: the verdict
// and its reason, what the API server will refuse, then workload by workload
// how low it goes, what it costs, whether it gets stuck, what happens with a
// bad image, what else is wrong, and how long it takes.
func reviewText(w io.Writer, r *review.Result, o Options) error {
	if r.Base != "" {
		return reviewChangeText(w, r, o)
	}
	p := newPage(o)
	p.judgedAs(r, "verdict: "+string(r.Verdict), verdictStyle(r.Verdict))
	p.verdictReasons(r)
	if p.Quiet {
		for i := range r.Findings {
			p.finding(&r.Findings[i])
		}
		for i := range r.Plans {
			p.planLine(&r.Plans[i])
		}
		return p.flush(w)
	}

	g := group(r)
	p.findings("the API server will refuse", g.refused, findingsOthers)
	for _, calm := range []bool{false, true} { // what needs a look comes first
		for i := range r.Plans {
			rp := &r.Plans[i]
			if found := g.of[rp.Document]; rp.Plan != nil && (len(found)+len(untold(rp, found)) == 0 && untroubled(rp)) == calm {
				p.workload(rp, found, calm)
			}
		}
	}
	p.unplanned(r.Plans)
	p.findings("also found", g.others, findingsOthers)
	p.blank()
	p.summary(r)
	return p.flush(w)
}

func verdictStyle(v review.Verdict) style {
	switch v {
	case review.VerdictStop:
		return boldRed
	case review.VerdictReview:
		return "1;33"
	case review.VerdictSafe:
		return "1;32"
	default:
		return bold
	}
}

// verdictReasons gives the reason that decided, and the others on demand.
func (p *page) verdictReasons(r *review.Result) {
	for i, reason := range r.Reasons {
		if i > 0 && !p.Verbose {
			p.indented(0, dim, "and "+count(len(r.Reasons)-1, "more reason", "more reasons")+" (-v)")
			return
		}
		p.indented(0, plain, clean(reason))
	}
}

// groups are the findings, each in the one place where it is told.
type groups struct {
	refused []*finding.Finding
	of      map[*manifest.Document][]*finding.Finding
	others  []*finding.Finding
}

// group sorts findings by where a reviewer looks for them. Within a workload
// the gravest come first, since the last ones may only be counted.
func group(r *review.Result) groups {
	planned := map[*manifest.Document]bool{}
	for i := range r.Plans {
		planned[r.Plans[i].Document] = r.Plans[i].Plan != nil
	}
	g := groups{of: map[*manifest.Document][]*finding.Finding{}}
	for i := range r.Findings {
		switch f := &r.Findings[i]; {
		case f.Severity == finding.Error && review.IsServerRule(f.Rule):
			g.refused = append(g.refused, f)
		case f.Document != nil && planned[f.Document]:
			g.of[f.Document] = append(g.of[f.Document], f)
		default:
			g.others = append(g.others, f)
		}
	}
	for _, list := range g.of {
		gravestFirst(list)
	}
	gravestFirst(g.others)
	return g
}

func gravestFirst(list []*finding.Finding) {
	slices.SortStableFunc(list, func(a, b *finding.Finding) int { return cmp.Compare(b.Severity, a.Severity) })
}

// findings is a section of findings that belong to no rollout.
func (p *page) findings(title string, list []*finding.Finding, most int) {
	if len(list) == 0 {
		return
	}
	p.blank()
	p.line(p.paint(bold, title))
	p.someFindings(list, most)
}

// someFindings shows the first findings in full and counts the rest.
func (p *page) someFindings(list []*finding.Finding, most int) {
	if p.Verbose {
		most = len(list)
	}
	for i, f := range list {
		if i == most {
			p.blank()
			p.indented(0, dim, "and "+count(len(list)-most, "more finding", "more findings")+" (-v)")
			return
		}
		p.blank()
		p.finding(f)
	}
}

// workload is the screen of one rollout. Where all is calm, its figures follow
// the table in one sentence.
func (p *page) workload(rp *review.Plan, found []*finding.Finding, calm bool) {
	p.blank()
	p.planHeader(rp)
	p.blank()
	if calm && !p.Verbose {
		p.steps(rp, stepsOnly)
		p.labelled("nothing found:", 6, len("nothing found: "), plain, calmText(rp))
		return
	}
	detail := stepsWithLegend
	if p.Verbose {
		detail = stepsWithReasons
	}
	p.steps(rp, detail)
	p.blank()
	p.prospects(rp)
	p.hazards(untold(rp, found))
	if len(found) > 0 {
		p.someFindings(found, findingsEach)
		if rp.Plan.DurationSeconds != nil {
			p.blank()
		}
	}
	p.duration(rp.Plan)
}

// untroubled reports whether the rollout completes and nobody is short of pods
// on the way.
func untroubled(rp *review.Plan) bool {
	plan := rp.Plan
	done := plan.Outcome == planner.Complete || plan.Outcome == planner.Nothing
	if !done || plan.MinAvailable < plan.Bounds.MinAvailable || plan.MinAvailable == 0 && plan.Replicas.To > 0 {
		return false
	}
	return !slices.ContainsFunc(rp.Budgets, func(b review.Budget) bool { return plan.MinReady < own(&b) })
}

// calmText is all that there is to say about a rollout without trouble.
func calmText(rp *review.Plan) string {
	text := figures(rp.Plan)
	for i := range rp.Budgets {
		b := &rp.Budgets[i]
		text += ", " + asks(b) + shared(b, ", ")
	}
	return text
}
