package report

import (
	"slices"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/review"
)

// How many steps of a long rollout are shown: the first, the last, and the
// turning points between them.
const (
	firstSteps = 5
	lastSteps  = 4
	mostSteps  = 12
)

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
	c := newCast(plan)
	lines := gauges(rp)
	t := table{columns: []column{{"step", true}}}
	timed := slices.ContainsFunc(plan.Steps, func(s planner.Step) bool { return s.Seconds != nil })
	if timed {
		t.columns = append(t.columns, column{"time", false})
	}
	told := tellsEvents(plan)
	if told {
		t.columns = append(t.columns, column{"event", false})
	}
	t.gap = len(t.columns)
	t.columns = append(t.columns, column{"pods", false})
	if len(c.roles) > 1 {
		for _, r := range c.roles {
			t.columns = append(t.columns, column{r.name, true})
		}
	}
	titles := []string{"total", "terminating", "available"}
	if p.Width > 0 && p.Width < 120 {
		titles = []string{"total", "term", "avail"}
	}
	for _, title := range titles {
		t.columns = append(t.columns, column{title, true})
	}

	shown := plan.Steps
	if !p.Verbose {
		shown = turningPoints(plan)
	}
	s := newScale(plan.Steps, p.barRoom(t, c, shown, timed, told), lines)
	before := -1
	for _, step := range shown {
		if before >= 0 && step.Index > before+1 {
			t.rows = append(t.rows, row{gap: gapText(plan, before+1, step.Index)})
		}
		before = step.Index
		r := row{cells: stepCells(c, step, timed, told)}
		bar := cell{text: strings.Repeat(" ", s.width()), shown: p.bar(s, c, step)}
		r.cells = slices.Insert(r.cells, t.gap, bar)
		last := &r.cells[len(r.cells)-1]
		last.st = availableStyle(rp, step)
		if detail == stepsWithReasons {
			r.note = clean(step.Why)
		}
		t.rows = append(t.rows, r)
	}
	if plan.Truncated {
		t.rows = append(t.rows, row{gap: "… " + thousands(plan.TotalSteps-int64(len(plan.Steps))) + " more steps are not listed"})
	}
	beside := p.table(t)
	if detail >= stepsWithLegend {
		p.legend(s, c, rp)
	}
	p.alternatives(c, shown)
	if !beside {
		p.reasons(t)
	}
}

// stepCells are a row without its bar.
func stepCells(c cast, step planner.Step, timed, told bool) []cell {
	index := strconv.Itoa(step.Index)
	if len(step.Alternatives) > 0 {
		index = "*" + index
	}
	cells := []cell{{text: index, st: dim}}
	if timed {
		text := ""
		if step.Seconds != nil {
			text = span(*step.Seconds)
		}
		cells = append(cells, cell{text: text})
	}
	if told {
		cells = append(cells, cell{text: clean(step.Event)})
	}
	if len(c.roles) > 1 {
		for i, s := range c.shares(step.Revisions) {
			st := c.roles[i].st
			if s.pods == 0 {
				st = dim
			}
			cells = append(cells, cell{text: s.String(), st: st})
		}
	}
	return append(cells, number(step.Pods), number(step.Terminating), cell{text: thousands(step.Available)})
}

// number is a cell that steps back where there is nothing to count.
func number(n int64) cell {
	if n == 0 {
		return cell{text: "0", st: dim}
	}
	return cell{text: thousands(n)}
}

// barRoom is what the other columns leave for the bars. On a wide screen a
// note stands beside each row, and the bars make room for it.
func (p *page) barRoom(t table, c cast, shown []planner.Step, timed, told bool) int {
	if p.Width == 0 {
		return longBar
	}
	used := between
	for i, col := range t.columns {
		if i == t.gap {
			continue
		}
		j := i
		if i > t.gap {
			j-- // stepCells knows no bar
		}
		w := displayWidth(col.title)
		for _, s := range shown {
			w = max(w, displayWidth(stepCells(c, s, timed, told)[j].text))
		}
		used += w + between
	}
	if left := p.Width - used - between; left-noteRoom >= shortBar+2 {
		return left - noteRoom
	}
	return p.Width - used
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

// turningPoints leaves out the middle of a long rollout, but not the state
// with the fewest pods available nor those in which a hazard shows.
func turningPoints(p *planner.Plan) []planner.Step {
	if len(p.Steps) <= mostSteps {
		return p.Steps
	}
	keep := map[int]bool{}
	lowest := 0
	for i, s := range p.Steps {
		if i < firstSteps || i >= len(p.Steps)-lastSteps {
			keep[i] = true
		}
		if s.Available < p.Steps[lowest].Available {
			lowest = i
		}
	}
	keep[lowest] = true
	for i, h := range p.Hazards {
		if i < mostSteps-firstSteps-lastSteps-1 && h.Step >= 0 && h.Step < len(p.Steps) {
			keep[h.Step] = true
		}
	}
	var shown []planner.Step
	for i, s := range p.Steps {
		if keep[i] {
			shown = append(shown, s)
		}
	}
	return shown
}

// gapText says what is left out between two steps.
func gapText(p *planner.Plan, from, to int) string {
	low, high := p.Steps[from].Available, p.Steps[from].Available
	for _, s := range p.Steps[from:to] {
		low, high = min(low, s.Available), max(high, s.Available)
	}
	available := thousands(low)
	if low != high {
		available += " to " + thousands(high)
	}
	return "⋮ " + count(to-from, "step", "steps") + " with " + available + " available (-v shows them)"
}

// gauges are the lines that a rollout should stay right of: what its strategy
// keeps available, and what a budget asks for beyond that.
func gauges(rp *review.Plan) []gauge {
	var lines []gauge
	if n := rp.Plan.Bounds.MinAvailable; n > 0 {
		lines = append(lines, gauge{n, floorLine, yellow})
	}
	if b := strictest(rp); b != nil && own(b) > rp.Plan.Bounds.MinAvailable {
		lines = append(lines, gauge{own(b), budgetLine, red})
	}
	return lines
}

// availableStyle warns where too few are available.
func availableStyle(rp *review.Plan, s planner.Step) style {
	switch b := strictest(rp); {
	case s.Available < rp.Plan.Bounds.MinAvailable, s.Available == 0 && s.Pods > 0:
		return boldRed
	case b != nil && s.Available < own(b):
		return red
	default:
		return bold
	}
}

// own is how many pods of this workload the budget asks for, once those of
// other workloads are counted.
func own(b *review.Budget) int64 { return b.MinReady - b.Others }

// strictest is the budget that asks for the most pods, nil without one.
func strictest(rp *review.Plan) *review.Budget {
	var most *review.Budget
	for i := range rp.Budgets {
		if b := &rp.Budgets[i]; most == nil || own(b) > own(most) {
			most = b
		}
	}
	return most
}

// reasons lists the notes that had no room beside their rows.
func (p *page) reasons(t table) {
	first := true
	for _, r := range t.rows {
		if r.note == "" {
			continue
		}
		if first {
			p.blank()
			p.line(p.paint(dim, "why"))
			first = false
		}
		p.labelled(pad(r.cells[0].text, 4, true), 0, 6, plain, r.note)
	}
}

// legend explains the signs that the table uses.
func (p *page) legend(s scale, c cast, rp *review.Plan) {
	type sign struct {
		char string
		st   style
		text string
	}
	var signs []sign
	for _, r := range c.roles {
		if len(c.roles) > 1 {
			signs = append(signs, sign{r.fill, r.st, r.name})
		} else {
			signs = append(signs, sign{r.fill, r.st, "available"})
		}
	}
	signs = append(signs, sign{notReadyFill, dim, "not available yet"})
	if rp.Plan.PeakPodsWithTerminating > rp.Plan.PeakPods {
		signs = append(signs, sign{terminatingFill, dim, "terminating"})
	}
	for _, l := range s.lines {
		switch l.line {
		case floorLine:
			signs = append(signs, sign{floorLine, l.st, "the strategy keeps " + thousands(l.pods)})
		case budgetLine:
			signs = append(signs, sign{budgetLine, l.st, budgetName(strictest(rp)) + " asks for " + thousands(l.pods)})
		}
	}
	if s.most > int64(s.columns) {
		signs = append(signs, sign{"", plain, "one column is " + decimal(float64(s.most)/float64(s.columns)) + " pods"})
	}
	indent := "      " // below the steps' numbers
	line, used := "", 0
	for _, g := range signs {
		w := displayWidth(strings.TrimSpace(g.char + " " + g.text))
		if used > 0 && p.Width > 0 && len(indent)+used+3+w > p.Width {
			p.line(indent, line)
			line, used = "", 0
		}
		if used > 0 {
			line += "   "
			used += 3
		}
		if g.char != "" {
			line += p.paint(g.st, g.char) + " "
		}
		line += p.paint(dim, g.text)
		used += w
	}
	p.line(indent, line)
}

// alternatives are footnotes to the steps that are marked with a star.
func (p *page) alternatives(c cast, shown []planner.Step) {
	for _, s := range shown {
		for _, a := range s.Alternatives {
			p.indented(6, dim, "* step "+strconv.Itoa(s.Index)+": the controllers race, and may be at "+c.sentence(a.Revisions)+" instead: "+clean(a.Why))
		}
	}
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', 1, 64) }

// budgetName is PDB and the name, as people speak of it.
func budgetName(b *review.Budget) string { return "PDB " + clean(b.Document.Name) }
