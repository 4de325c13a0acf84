package report

import (
	"slices"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/review"
)

const totalTitle = "total"

// stepsDetail is how much is told with a table of steps.
type stepsDetail uint8

const (
	stepsOnly        stepsDetail = iota // the table
	stepsWithLegend                     // and what its signs mean
	stepsWithReasons                    // and why each state is as it is
)

// steps writes the states of a rollout as a table with bars.
func (p *page) steps(rp *review.Plan, detail stepsDetail) {
	plan := rp.Plan
	if len(plan.Steps) == 0 {
		return
	}
	if plan.Strategy.Cron != "" {
		p.runs(plan)
		return
	}
	if plan.Strategy.Job {
		p.jobSteps(plan, detail)
		return
	}
	shown := plan.Steps
	if !p.Verbose {
		shown = turningPoints(plan)
	}
	roles := mostRoles
	if p.Width > 0 && p.Width < narrow {
		roles = narrowRoles
	}
	c := newCast(plan, roles)
	f := p.stepFields(plan, c)
	t := p.stepTable(rp, f, shown, detail)
	if p.Width > 0 && p.barRoom(t) < int(min(plan.PeakPodsWithTerminating, shortBar))+len(gauges(rp)) {
		f.total = false // the sum of the others
		f.columns = slices.DeleteFunc(f.columns, func(c column) bool { return c.title == totalTitle })
		t = p.stepTable(rp, f, shown, detail)
	}
	s := newScale(plan.Steps, p.barRoom(t), gauges(rp))
	for i, n := 0, 0; i < len(t.rows); i++ {
		if t.rows[i].cells != nil {
			t.rows[i].cells[f.bar] = cell{text: strings.Repeat(" ", s.width()), shown: p.bar(s, c, shown[n])}
			n++
		}
	}

	beside := p.table(t)
	switch {
	case detail >= stepsWithLegend:
		p.legend(s, c, rp)
	case slices.ContainsFunc(plan.Steps, waits): // a sign that few tables have
		p.signs([]sign{readySign})
	}
	p.alternatives(c, shown)
	if !beside {
		p.reasons(t)
	}
}

// stepTable is the table of the shown steps, without their bars.
func (p *page) stepTable(rp *review.Plan, f stepFields, shown []planner.Step, detail stepsDetail) table {
	plan := rp.Plan
	t := table{columns: f.columns, gap: f.bar}
	next := 0
	for _, step := range shown {
		if step.Index > next {
			t.rows = append(t.rows, row{gap: gapText(plan.Steps[next:step.Index])})
		}
		next = step.Index + 1
		r := row{cells: f.cells(step)}
		r.cells[len(r.cells)-1].st = availableStyle(rp, step)
		if detail == stepsWithReasons {
			r.note = clean(step.Why)
		}
		t.rows = append(t.rows, r)
	}
	if plan.Truncated {
		t.rows = append(t.rows, row{gap: "⋮ " + thousands(plan.TotalSteps-int64(len(plan.Steps))) + " more steps are not listed"})
	}
	return t
}

// stepFields are the columns that a plan needs.
type stepFields struct {
	columns []column
	cast    cast
	timed   bool // steps have times
	told    bool // steps are more than one update and its rounds
	total   bool // the sum of the pods is shown
	bar     int  // the column of the bars
}

func (p *page) stepFields(plan *planner.Plan, c cast) stepFields {
	f := stepFields{
		columns: []column{{"step", true}},
		cast:    c,
		timed:   slices.ContainsFunc(plan.Steps, func(s planner.Step) bool { return s.Seconds != nil }),
		told:    tellsEvents(plan),
		total:   true,
	}
	if f.timed {
		f.columns = append(f.columns, column{"time", false})
	}
	if f.told {
		f.columns = append(f.columns, column{"event", false})
	}
	f.bar = len(f.columns)
	f.columns = append(f.columns, column{"pods", false})
	if len(c.roles) > 1 {
		for _, r := range c.roles {
			f.columns = append(f.columns, column{r.name, true})
		}
	}
	titles := []string{totalTitle, "terminating", "available"}
	if p.Width > 0 && p.Width < 120 {
		titles = []string{totalTitle, "term", "avail"}
	}
	for _, title := range titles {
		f.columns = append(f.columns, column{title, true})
	}
	return f
}

// cells are the row of one step; its bar is drawn later.
func (f stepFields) cells(step planner.Step) []cell {
	index := strconv.Itoa(step.Index)
	if len(step.Alternatives) > 0 {
		index = "*" + index
	}
	cells := []cell{{text: index, st: dim}}
	if f.timed {
		text := ""
		if step.Seconds != nil {
			text = span(*step.Seconds)
		}
		cells = append(cells, cell{text: text})
	}
	if f.told {
		cells = append(cells, cell{text: clean(step.Event)})
	}
	cells = append(cells, cell{})
	if len(f.cast.roles) > 1 {
		for i, s := range f.cast.shares(step.Revisions) {
			st := f.cast.roles[i].st
			if s.pods == 0 {
				st = dim
			}
			cells = append(cells, cell{text: s.String(), st: st})
		}
	}
	if f.total {
		cells = append(cells, number(step.Pods))
	}
	return append(cells, number(step.Terminating), cell{text: thousands(step.Available)})
}

// number is a cell that steps back where there is nothing to count.
func number(n int64) cell {
	if n == 0 {
		return cell{text: "0", st: dim}
	}
	return cell{text: thousands(n)}
}

// barRoom is what the other columns leave for the bars. Where a note can stand
// beside each row, the bars make room for it.
func (p *page) barRoom(t table) int {
	if p.Width == 0 {
		return longBar
	}
	left := p.Width
	for _, w := range t.widths() {
		left -= w + between
	}
	left += displayWidth(t.columns[t.gap].title)
	if left-t.notes() >= shortBar {
		return left - t.notes()
	}
	return left + between // the last column needs none after it
}

// tellsEvents reports whether the steps are more than one update and its
// rounds, so that the reader must be told which step is what.
func tellsEvents(p *planner.Plan) bool {
	for i, s := range p.Steps {
		switch planner.EventType(s.Event) {
		case "start", planner.EventRun:
		case planner.EventUpdate:
			if i != 1 {
				return true
			}
		default:
			return true
		}
	}
	return false
}
