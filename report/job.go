package report

import (
	"slices"
	"strconv"

	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/review"
)

// jobStrategyTexts are what a Job wants.
func jobStrategyTexts(p *planner.Plan) (arithmetic, bounds string) {
	return "Job of " + pods(int64(p.Replicas.To)), "at most " + thousands(p.Bounds.MaxPods) + " at a time"
}

// jobSteps writes the states of a Job as a table.
func (p *page) jobSteps(plan *planner.Plan, detail stepsDetail) {
	if len(plan.Steps) == 0 {
		return
	}
	shown := plan.Steps
	if !p.Verbose {
		shown = turningPoints(plan)
	}
	timed := slices.ContainsFunc(plan.Steps, func(s planner.Step) bool { return s.Seconds != nil })
	t := table{columns: []column{{"step", true}}}
	if timed {
		t.columns = append(t.columns, column{"time", false})
	}
	t.columns = append(t.columns, column{"event", false}, column{"active", true}, column{"succeeded", true}, column{"failed", true}, column{"state", false})
	next := 0
	for _, step := range shown {
		if step.Index > next {
			t.rows = append(t.rows, row{gap: "⋮ " + count(step.Index-next, "step", "steps") + " in between (-v shows them)"})
		}
		next = step.Index + 1
		cells := []cell{{text: strconv.Itoa(step.Index), st: dim}}
		if timed {
			text := ""
			if step.Seconds != nil {
				text = span(*step.Seconds)
			}
			cells = append(cells, cell{text: text})
		}
		j := step.JobStatus
		if j == nil {
			j = &planner.JobStatus{}
		}
		cells = append(cells, cell{text: clean(step.Event)}, number(j.Active), number(j.Succeeded), number(j.Failed), cell{text: clean(jobState(j))})
		r := row{cells: cells}
		if detail == stepsWithReasons {
			r.note = clean(step.Why)
		}
		t.rows = append(t.rows, r)
	}
	if plan.Truncated {
		t.rows = append(t.rows, row{gap: "⋮ " + thousands(plan.TotalSteps-int64(len(plan.Steps))) + " more steps are not listed"})
	}
	if !p.table(t) {
		p.reasons(t)
	}
}

// jobState is how a Job stands.
func jobState(j *planner.JobStatus) string {
	if j.Reason != "" {
		return j.Phase + " (" + j.Reason + ")"
	}
	return j.Phase
}

// jobEnding is how a Job ends, and how it ends if its pods fail.
func (p *page) jobEnding(rp *review.Plan) {
	plan := rp.Plan
	last := &planner.JobStatus{}
	if n := len(plan.Steps); n > 0 && plan.Steps[n-1].JobStatus != nil {
		last = plan.Steps[n-1].JobStatus
	}
	done := count(int(last.Succeeded), "pod", "pods") + " succeeded, " + thousands(last.Failed) + " failed"
	switch plan.Outcome {
	case planner.Complete:
		p.entry("outcome", green, "complete: "+done)
	case planner.Failed:
		p.entry("outcome", boldRed, "fails ("+clean(last.Reason)+"): "+done)
	case planner.Paused:
		p.entry("outcome", yellow, "runs no pod until it is resumed or gets parallelism")
	default:
		p.entry("outcome", yellow, string(plan.Outcome)+": "+done)
	}
}

// jobIfBad is what becomes of a Job, or of each of a CronJob's, whose image
// cannot be pulled, and of one whose pods all fail.
func (p *page) jobIfBad(plan *planner.Plan) {
	bad := plan.IfBad
	if bad == nil {
		return
	}
	if bad.Image != nil {
		p.entry("if bad", plain, "a bad image: "+clean(bad.Image.Why))
	}
	text := "pods that fail are tried again without end"
	if bad.Outcome == planner.Failed {
		text = "pods that fail: the Job fails after " + count(int(bad.FailedPods), "failed pod", "failed pods")
		if bad.DetectedAfterSeconds > 0 {
			text += " and " + seconds(float64(bad.DetectedAfterSeconds)) + " of back-off"
		}
		if plan.Strategy.Job {
			text += "; nobody starts it again"
		}
	}
	p.entry("", plain, text)
	if plan.Strategy.Job {
		p.entry("", plain, "its template cannot be changed: delete the Job, then apply the right one")
	} else {
		p.entry("", plain, "the right image counts from the next slot on; a Job that waits has to be deleted by hand")
	}
}
