package review

import (
	"fmt"
	"strings"

	"github.com/rollcast/rollcast/facts"
	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/workload"
)

// Judge sets the result's verdict and its reasons, the gravest first.
//
// stop: the API server rejects something, a rollout stalls, or a rule found an
// error. review: a rollout goes below a PodDisruptionBudget or to no available
// pod, a rule warns, or a part was not analysed. Else safe.
func (res *Result) Judge() {
	if res.Base != "" {
		res.judgeChange()
		return
	}
	stop := res.rejections()
	stop = append(stop, res.stalls()...)
	stop = append(stop, res.ruleFindings(finding.Error)...)
	look := res.shortfalls()
	look = append(look, res.ruleFindings(finding.Warning)...)
	look = append(look, res.notAnalysed()...)
	res.Reasons = append(stop, look...)
	switch {
	case len(stop) > 0:
		res.Verdict = VerdictStop
	case len(look) > 0:
		res.Verdict = VerdictReview
	default:
		res.Verdict = VerdictSafe
	}
}

// rejections name each object that the API server would reject, with its first
// error.
func (res *Result) rejections() []string {
	var reasons []string
	seen := map[*manifest.Document]bool{}
	for _, f := range res.Findings {
		switch {
		case f.Severity != finding.Error || !IsServerRule(f.Rule):
		case f.Document == nil:
			reasons = append(reasons, fmt.Sprintf("%s cannot be read: %s (line %d)", f.File.Name, f.Message, f.Range.Start.Line))
		case !seen[f.Document]:
			seen[f.Document] = true
			reasons = append(reasons, fmt.Sprintf("the API server would reject %s: %s (%s:%d)", f.Document.Label(), f.Message, f.File.Name, f.Range.Start.Line))
		}
	}
	// --only and --disable hide findings, but not what the server will do.
	for _, p := range res.Plans {
		if p.Refused && !seen[p.Document] {
			reasons = append(reasons, p.Document.Label()+": "+p.NoPlan)
		}
	}
	return reasons
}

func (res *Result) stalls() []string {
	var reasons []string
	for _, p := range res.Plans {
		if p.Plan != nil && (p.Plan.Outcome == planner.Stalled || p.Plan.Outcome == planner.Failed) {
			reasons = append(reasons, fmt.Sprintf("the rollout of %s ends %s, with %d of %d pods available",
				p.Document.Label(), p.Plan.Outcome, lastAvailable(p.Plan), p.Plan.Replicas.To))
		}
	}
	return reasons
}

func lastAvailable(p *planner.Plan) int64 {
	if len(p.Steps) == 0 {
		return 0
	}
	return p.Steps[len(p.Steps)-1].Available
}

// shortfalls name the rollouts that leave too few pods.
func (res *Result) shortfalls() []string {
	var reasons []string
	for _, s := range res.Facts {
		if s.Plans == nil || s.Plans.Timed == nil {
			continue
		}
		plan, label := s.Plans.Timed, s.Document().Label()
		if plan.MinAvailable == 0 && plan.Replicas > 0 && s.Kind != string(workload.Job) { // its pods are there to end
			reasons = append(reasons, fmt.Sprintf("the rollout of %s goes down to 0 available pods", label))
		}
		if b := worst(plan.Budgets); b != nil {
			reason := fmt.Sprintf("the rollout of %s goes down to %d ready pods, and PodDisruptionBudget %s wants %d", label, b.Ready, b.Name, b.DesiredHealthy)
			if b.Ready != plan.MinReady { // it covers other workloads too
				reason = fmt.Sprintf("the rollout of %s leaves %d ready of the %d pods that PodDisruptionBudget %s covers in several workloads, and it wants %d", label, b.Ready, b.Pods, b.Name, b.DesiredHealthy)
			}
			reasons = append(reasons, reason)
		}
	}
	return reasons
}

// notAnalysed names what the verdict does not speak of: a change that nobody
// looked at is not safe.
func (res *Result) notAnalysed() []string {
	unplanned := 0
	for _, p := range res.Plans {
		if p.Plan == nil && !p.Refused {
			unplanned++
		}
	}
	var parts []string
	for _, part := range []struct {
		n         int
		one, many string
	}{
		{res.Summary.SkippedFiles, "1 file", "%d files"},
		{res.Summary.SkippedDocuments, "1 document", "%d documents"},
		{res.Summary.WithoutSchema, "the fields of 1 object without a schema", "the fields of %d objects without a schema"},
		{unplanned, "1 rollout", "%d rollouts"},
	} {
		switch part.n {
		case 0:
		case 1:
			parts = append(parts, part.one)
		default:
			parts = append(parts, fmt.Sprintf(part.many, part.n))
		}
	}
	if parts == nil {
		return nil
	}
	return []string{"not analysed: " + strings.Join(parts, ", ")}
}

// worst is the budget that is missed by most, nil where all are kept.
func worst(budgets []facts.Slack) *facts.Slack {
	var w *facts.Slack
	for i := range budgets {
		if b := &budgets[i]; b.Slack < 0 && (w == nil || b.Slack < w.Slack) {
			w = b
		}
	}
	return w
}

// ruleFindings are the findings of rule folders at one severity: the sentence
// of a single one, else their number.
func (res *Result) ruleFindings(s finding.Severity) []string {
	var first *finding.Finding
	n := 0
	for i := range res.Findings {
		if f := &res.Findings[i]; f.Severity == s && !(s == finding.Error && IsServerRule(f.Rule)) {
			if n == 0 {
				first = f
			}
			n++
		}
	}
	switch n {
	case 0:
		return nil
	case 1:
		return []string{fmt.Sprintf("%s: %s (%s:%d)", first.Rule, first.Message, first.File.Name, first.Range.Start.Line)}
	}
	return []string{fmt.Sprintf("%d %ss, the first: %s (%s:%d)", n, s, first.Message, first.File.Name, first.Range.Start.Line)}
}
