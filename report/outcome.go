package report

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/review"
)

// labelWidth is the column of the labels below a plan.
const labelWidth = 9

// entry writes one labelled line below a plan.
func (p *page) entry(label string, st style, text string) {
	p.labelled(label, 2, labelWidth, st, text)
}

// prospects are how low the rollout goes, what it costs, how it ends unless all
// is well, and what a bad image does.
func (p *page) prospects(rp *review.Plan) {
	p.lowestOfChange(rp)
	p.peak(rp)
	p.rooms(rp)
	if rp.Plan.Outcome != planner.Complete {
		p.ending(rp.Plan)
	}
	p.ifBad(rp)
}

// ending is how the rollout ends.
func (p *page) ending(plan *planner.Plan) {
	last := ""
	if n := len(plan.Steps); n > 0 {
		last = newCast(plan, mostRoles).sentence(plan.Steps[n-1].Revisions)
	}
	switch plan.Outcome {
	case planner.Complete:
		p.entry("outcome", green, "complete: "+pods(int64(plan.Replicas.To))+version(plan))
	case planner.Nothing:
		p.entry("outcome", plain, "nothing to do: no pod is replaced")
	case planner.Stalled:
		p.entry("outcome", boldRed, "stalls at "+last+": nothing but a repair moves it on")
	case planner.Paused:
		p.entry("outcome", yellow, "paused at "+last+": kubectl rollout resume moves it on")
	case planner.Waiting:
		p.entry("outcome", yellow, "waits at "+last+" for someone to act")
	case planner.Failed:
		p.entry("outcome", boldRed, "fails at "+last)
	default:
		p.entry("outcome", plain, string(plan.Outcome))
	}
}

// version is what the pods of a complete rollout are: the new version, or after
// an undo a revision by its number.
func version(plan *planner.Plan) string {
	if n := len(plan.Steps); n > 0 && plan.Replicas.To > 0 {
		revisions := plan.Steps[n-1].Revisions
		i := slices.IndexFunc(revisions, func(r planner.Revision) bool { return r.Desired > 0 })
		if i >= 0 && slices.ContainsFunc(revisions, func(r planner.Revision) bool { return r.As != 0 }) {
			return " of revision " + strconv.Itoa(revisions[i].Revision)
		}
	}
	return " of the new version"
}

// lowest holds the fewest pods against everything that asks for a number.
func (p *page) lowest(rp *review.Plan) {
	plan := rp.Plan
	text, st := thousands(plan.MinAvailable)+" of "+thousands(int64(plan.Replicas.To))+" available", plain
	if plan.MinReady != plan.MinAvailable {
		text += ", " + thousands(plan.MinReady) + " ready"
	}
	if plan.MinAvailable == 0 && plan.Replicas.To > 0 {
		st = boldRed
		text += ": nothing serves meanwhile"
	} else if slices.ContainsFunc(plan.Steps, func(s planner.Step) bool { return !s.Conditions.Available }) {
		text += ", below the " + thousands(plan.Bounds.MinAvailable) + " that the strategy keeps"
	}
	for i := range rp.Budgets {
		b := &rp.Budgets[i]
		switch missing := own(b) - plan.MinReady; {
		case missing > 0:
			if st == plain {
				st = yellow
			}
			text += "; " + thousands(missing) + " fewer than " + budgetName(b) + " asks for" + here(b) + " (" + budgetSource(b) + "): a rollout does not heed it, evictions are refused meanwhile"
		default:
			text += "; " + asks(b) + " (" + budgetSource(b) + ")"
		}
	}
	for i, v := range rp.Services {
		if i == 0 && plan.MinReady > 0 && plan.MinReady < int64(plan.Replicas.To) {
			text += "; Service " + clean(v.Document.Name) + " keeps " + count(int(plan.MinReady), "endpoint", "endpoints")
		}
	}
	for _, a := range rp.Autoscalers {
		text += "; HPA " + clean(a.Document.Name) + " keeps " + thousands(int64(a.MinReplicas)) + " to " + thousands(int64(a.MaxReplicas)) + " replicas"
	}
	p.entry("lowest", st, text)
}

// budgetField is the field that the number comes from, as it is written.
func budgetField(b *review.Budget) string {
	switch {
	case b.Budget.MinAvailable != nil:
		return "minAvailable: " + b.Budget.MinAvailable.String()
	case b.Budget.MaxUnavailable != nil:
		return "maxUnavailable: " + b.Budget.MaxUnavailable.String()
	default:
		return "neither minAvailable nor maxUnavailable"
	}
}

// peak is the most pods and what they ask for.
func (p *page) peak(rp *review.Plan) {
	plan := rp.Plan
	text := pods(plan.PeakPods)
	if plan.PeakPodsWithTerminating > plan.PeakPods {
		text += " (" + thousands(plan.PeakPodsWithTerminating) + " with terminating ones)"
	}
	if c := rp.Capacity; c != nil {
		if at := resources(c.AtPeak); at != "" {
			text += requests(plan.PeakPods) + at
			if extra := resources(c.Extra); extra != "" {
				text += ", which is " + extra + " more than before"
			}
		}
	}
	p.entry("peak", plain, text)
}

// requests ties a number of pods to what they ask for.
func requests(pods int64) string {
	if pods == 1 {
		return " that requests "
	}
	return " that request "
}

// resources are the sums that are asked for at all. A zero is none.
func resources(r review.Resources) string {
	var sums []string
	for _, s := range []struct{ quantity, what string }{{r.CPU, "CPU"}, {r.Memory, "memory"}} {
		if s.quantity != "" && s.quantity != "0" {
			sums = append(sums, s.quantity+" "+s.what)
		}
	}
	return strings.Join(sums, " and ")
}

// ifBad is where the rollout stops when the new version never becomes ready,
// and the way back.
func (p *page) ifBad(rp *review.Plan) {
	bad := rp.Plan.IfBad
	if rp.Plan.Strategy.Job {
		p.jobIfBad(rp.Plan)
		return
	}
	if bad == nil {
		return
	}
	text := "stops at " + newCast(rp.Plan, mostRoles).sentence(bad.Revisions) + " with " + thousands(bad.Available) + " available; "
	if bad.Outcome != planner.Stalled {
		text = "ends " + string(bad.Outcome) + " all the same, at " + newCast(rp.Plan, mostRoles).sentence(bad.Revisions) + " with " + thousands(bad.Available) + " available; "
	}
	if bad.DetectedAfterSeconds > 0 {
		text += "noticed after " + seconds(float64(bad.DetectedAfterSeconds)) + " (ProgressDeadlineExceeded); "
	} else {
		text += "nothing notices it; "
	}
	p.entry("if bad", plain, text+"nobody rolls back for you")
	p.line("  ", strings.Repeat(" ", labelWidth), p.paint(bold, undoCommand(rp.Document)))
	if text := wayBack(bad); text != "" {
		p.labelled("", 2, labelWidth, plain, text)
	}
	p.byHand(rp.Document, bad.Delete)
}

// wayBack is the undo in figures, "" where it is one step or none.
func wayBack(bad *planner.IfBad) string {
	if len(bad.Undo) < 2 {
		return ""
	}
	lowest := bad.Undo[0].Available
	for _, s := range bad.Undo {
		lowest = min(lowest, s.Available)
	}
	return "the way back takes " + count(len(bad.Undo), "step", "steps") + " and keeps " + thousands(lowest) + " available"
}

// undoCommand is what brings the old version back. It is one line, so that it
// can be copied.
func undoCommand(d *manifest.Document) string {
	command := "kubectl rollout undo " + shellWord(strings.ToLower(d.Kind)+"/"+d.Name)
	if d.Namespace != "" {
		command += " -n " + shellWord(d.Namespace)
	}
	return command
}

var safeWord = regexp.MustCompile(`^[A-Za-z0-9._/-]+$`)

// shellWord quotes what a shell would not read as one word. No name that the
// API server accepts needs it; a manifest may hold any.
func shellWord(s string) string {
	if safeWord.MatchString(s) {
		return s
	}
	return "'" + strings.ReplaceAll(clean(s), "'", `'\''`) + "'"
}

// duration is how long the rollout takes, with what was taken for granted.
func (p *page) duration(plan *planner.Plan) {
	if plan.DurationSeconds == nil {
		return
	}
	p.entry("time", plain, spanLong(*plan.DurationSeconds))
	if len(plan.Assumptions) > 0 {
		p.entry("", dim, "if "+clean(strings.Join(plan.Assumptions, "; ")))
	}
}
