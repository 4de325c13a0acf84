package review

import (
	"fmt"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
)

// judgeChange sets the verdict of a review with a base, and its reasons.
//
// stop: the API server refuses something, a rollout stalls, a new error, or a
// deletion that takes data along. review: a new warning, a rollout below its
// PodDisruptionBudget or to no available pod, pods that keep old settings, a
// Service that selects other pods, fewer replicas, another deletion, or a part
// that was not analysed. Else safe.
func (res *Result) judgeChange() {
	var stop, look []string
	for _, ch := range res.Changes {
		s, l := ch.reasons()
		stop, look = append(stop, s...), append(look, l...)
		if ch.Plan >= 0 {
			s, l := planReasons(&res.Plans[ch.Plan])
			stop, look = append(stop, s...), append(look, l...)
		}
	}
	stop = append(stop, res.newFindings(finding.Error)...)
	for _, one := range res.Combined {
		if one.Short {
			look = append(look, one.Text)
		}
	}
	look = append(look, res.newFindings(finding.Warning)...)
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

// reasons are what a change itself says for stop and for review.
func (ch *Change) reasons() (stop, look []string) {
	label := ch.Document.Label()
	why := ""
	if len(ch.Messages) > 0 {
		why = ": " + ch.Messages[0]
	}
	switch {
	case ch.Is(Rejected):
		stop = append(stop, "the API server rejects "+label+": "+ch.Why)
	case ch.Is(Recreated):
		look = append(look, label+" is deleted and created again"+why)
	case ch.Is(Deleted) && ch.losesData():
		stop = append(stop, label+" is deleted"+why)
	case ch.Is(Deleted):
		look = append(look, label+" is deleted")
	case ch.Is(Drifted):
		look = append(look, fmt.Sprintf("%s changes, and %s", label, keepOld(ch.Stale)))
	case ch.Is(Renamed) && ch.Base.Name+ch.Base.Namespace != ch.Document.Name+ch.Document.Namespace && !hashed.MatchString(ch.Base.Name):
		look = append(look, fmt.Sprintf("%s becomes %s, and the old one is left over or deleted", ch.Base.Label(), label))
	}
	for _, m := range ch.Look {
		look = append(look, label+": "+m)
	}
	for _, b := range ch.Because {
		if ch.Document.Kind == "Service" && below(b.Path, "spec.selector") && !ch.Is(Deleted) {
			return stop, append(look, "the selector of "+label+" changes")
		}
	}
	return stop, append(look, ch.lowered()...)
}

// lowered says that replicas were lowered.
func (ch *Change) lowered() []string {
	if ch.Base == nil || !ch.Is(Scaled) || ch.fewer == nil {
		return nil
	}
	return []string{fmt.Sprintf("%s goes from %d to %d replicas", ch.Document.Label(), ch.fewer[0], ch.fewer[1])}
}

// losesData reports whether deleting the object loses what nobody can apply
// again.
func (ch *Change) losesData() bool {
	switch ch.Document.Kind {
	case "PersistentVolumeClaim", "Namespace", "CustomResourceDefinition":
		return true
	case "StatefulSet":
		return claimsGo(ch.Document)
	}
	return false
}

// keepOld says of workloads that their pods keep what they have read.
func keepOld(docs []*manifest.Document) string {
	switch len(docs) {
	case 1:
		return docs[0].Label() + " keeps the old values until it restarts"
	case 2:
		return docs[0].Label() + " and " + docs[1].Label() + " keep the old values until they restart"
	}
	return fmt.Sprintf("%s and %d more keep the old values until they restart", docs[0].Label(), len(docs)-1)
}

// planReasons are what a rollout says for stop and for review.
func planReasons(p *Plan) (stop, look []string) {
	if p.Plan == nil {
		return nil, nil
	}
	label := p.Document.Label()
	if p.Plan.Outcome == planner.Stalled || p.Plan.Outcome == planner.Failed {
		stop = append(stop, fmt.Sprintf("the rollout of %s ends %s, with %d of %d pods available", label, p.Plan.Outcome, lastAvailable(p.Plan), p.Plan.Replicas.To))
	}
	for _, r := range p.Rooms {
		if r.Stalls {
			stop = append(stop, fmt.Sprintf("the rollout of %s does not end: %s", label, r.Text))
		}
	}
	if p.Plan.MinAvailable == 0 && p.Plan.Replicas.From > 0 && p.Plan.Replicas.To > 0 {
		look = append(look, fmt.Sprintf("the rollout of %s goes down to 0 available pods", label))
	}
	var worst *Budget
	for i := range p.Budgets {
		b := &p.Budgets[i]
		if p.Plan.Replicas.From > 0 && p.Plan.MinReady+b.Others < b.wants(p.Plan.Replicas) && (worst == nil || b.MinReady-b.Others > worst.MinReady-worst.Others) {
			worst = b
		}
	}
	if worst != nil {
		look = append(look, fmt.Sprintf("the rollout of %s goes down to %d ready pods, and PodDisruptionBudget %s wants %d", label, p.Plan.MinReady+worst.Others, worst.Document.Name, worst.MinReady))
	}
	return stop, look
}

// wants is how many ready pods a budget asks for all the way through a rollout:
// while replicas rise, no more than it asked for before.
func (b *Budget) wants(r planner.FromTo) int64 {
	if before, ok := b.DesiredHealthy(b.Others + int64(r.From)); ok {
		return min(before, b.MinReady)
	}
	return b.MinReady
}

// newFindings are the new findings of one severity that the changes themselves
// do not tell: the sentence of a single one, else their number and the first.
func (res *Result) newFindings(s finding.Severity) []string {
	told := map[*manifest.Document]bool{}
	for _, ch := range res.Changes {
		if ch.Is(Rejected) {
			told[ch.Document] = true
		}
	}
	var list []*finding.Finding
	for i := range res.Findings {
		f := &res.Findings[i]
		if f.Severity == s && f.Status == finding.New && !(IsServerRule(f.Rule) && told[f.Document]) {
			list = append(list, f)
		}
	}
	if len(list) == 0 {
		return nil
	}
	first := list[0]
	text := fmt.Sprintf("%s (%s:%d)", first.Message, first.File.Name, first.Range.Start.Line)
	if len(list) == 1 {
		return []string{fmt.Sprintf("new %s %s: %s", s, first.Rule, text)}
	}
	return []string{fmt.Sprintf("%d new %ss, the first: %s", len(list), s, text)}
}
