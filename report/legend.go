package report

import (
	"math"
	"slices"
	"strconv"

	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/review"
)

// legend explains the signs that the table uses.
func (p *page) legend(s scale, c cast, rp *review.Plan) {
	var signs []sign
	for _, r := range c.roles {
		if len(c.roles) > 1 {
			signs = append(signs, sign{r.fill, r.st, r.name})
		} else {
			signs = append(signs, sign{r.fill, r.st, "available"})
		}
	}
	if slices.ContainsFunc(rp.Plan.Steps, waits) {
		signs = append(signs, readySign)
	}
	signs = append(signs, sign{notReadyFill, dim, "not ready"})
	if slices.ContainsFunc(rp.Plan.Steps, func(s planner.Step) bool { return s.Terminating > 0 }) {
		signs = append(signs, sign{terminatingFill, dim, "terminating"})
	}
	for _, l := range s.lines {
		switch l.line {
		case floorLine:
			signs = append(signs, sign{floorLine, l.st, "the strategy keeps " + thousands(l.pods)})
		case budgetLine:
			signs = append(signs, sign{budgetLine, l.st, asks(strictest(rp))})
		}
	}
	if s.most > int64(s.columns) {
		signs = append(signs, sign{"", plain, "one column is " + podsEach(s)})
	}
	p.signs(signs)
}

var readySign = sign{readyFill, dim, "ready, not available yet"}

// waits reports whether a pod of the state is ready and not available yet.
func waits(s planner.Step) bool {
	return slices.ContainsFunc(s.Revisions, func(r planner.Revision) bool { return r.Ready > r.Available })
}

// A sign is one entry of a legend.
type sign struct {
	char string
	st   style
	text string
}

// signs writes a legend below the bars. An entry is never torn apart.
func (p *page) signs(signs []sign) {
	const indent, gap = "      ", "   "
	line, used := "", 0
	for _, g := range signs {
		w := displayWidth(g.text)
		if g.char != "" {
			w += displayWidth(g.char) + 1
		}
		if used > 0 && p.Width > 0 && len(indent)+used+len(gap)+w > p.Width {
			p.line(indent, line)
			line, used = "", 0
		}
		if used > 0 {
			line += gap
			used += len(gap)
		}
		if g.char != "" {
			line += p.paint(g.st, g.char) + " "
		}
		line += p.paint(dim, g.text)
		used += w
	}
	p.line(indent, line)
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

// alternatives are footnotes to the steps that are marked with a star.
func (p *page) alternatives(c cast, shown []planner.Step) {
	for _, s := range shown {
		for _, a := range s.Alternatives {
			p.indented(6, dim, "* step "+strconv.Itoa(s.Index)+": the controllers race, and may be at "+c.sentence(a.Revisions)+" instead: "+clean(a.Why))
		}
	}
}

// podsEach is how many pods a column stands for, as exactly as a reader can use
// it: 1.4 pods, 53,687,091 pods.
func podsEach(s scale) string {
	each := float64(s.most) / float64(s.columns)
	if each < 10 {
		return strconv.FormatFloat(each, 'f', 1, 64) + " pods"
	}
	return "about " + pods(int64(math.Round(each)))
}
