package report

import (
	"time"

	"github.com/rollcast/rollcast/planner"
)

// keptTexts are what becomes of pods that a new template does not replace.
func keptTexts(p *planner.Plan) (arithmetic, bounds string) {
	if p.Strategy.Static {
		return "a static Pod", "its kubelet starts it anew when its file on the node changes, and nothing else does"
	}
	if p.Strategy.Kept == string(planner.BarePod) {
		return "one Pod of its own", "nothing replaces it"
	}
	return p.Strategy.Kept + " of " + pods(int64(p.Replicas.To)), "a new template replaces no pod; pods that are created later have it"
}

// runs writes when a CronJob starts its Jobs, by the clocks of its time zone.
func (p *page) runs(plan *planner.Plan) {
	if len(plan.Runs) == 0 {
		p.line("no run")
		return
	}
	zone, err := time.LoadLocation(plan.Strategy.Zone)
	if err != nil {
		zone = time.UTC
	}
	t := table{columns: []column{{"slot", false}, {"started", false}, {"outcome", false}}}
	for _, r := range plan.Runs {
		started, outcome := cell{text: "-", st: dim}, cell{text: clean(r.Outcome)}
		if r.Started != nil {
			started = cell{text: r.Started.In(zone).Format(time.RFC3339)}
		}
		if r.Outcome == planner.RunSkipped || r.Outcome == planner.RunReplaced {
			outcome.st = yellow
		}
		t.rows = append(t.rows, row{cells: []cell{{text: r.Scheduled.In(zone).Format(time.RFC3339)}, started, outcome}})
	}
	p.table(t)
}

// runsEnding is how many Jobs are started, and why none is.
func (p *page) runsEnding(plan *planner.Plan) {
	started := 0
	for _, r := range plan.Runs {
		if r.Started != nil {
			started++
		}
	}
	text, st := count(started, "run", "runs"), plain
	if skipped := len(plan.Runs) - started; skipped > 0 {
		text, st = text+", "+count(skipped, "slot", "slots")+" skipped", yellow
	}
	if n := len(plan.Steps); started == 0 && n > 0 {
		text, st = "no run: "+clean(plan.Steps[n-1].Why), yellow
	}
	p.entry("outcome", st, text)
	for i, a := range plan.Assumptions {
		label := ""
		if i == 0 {
			label = "if"
		}
		p.entry(label, dim, clean(a))
	}
	p.jobIfBad(plan)
}
