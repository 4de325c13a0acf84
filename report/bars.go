package report

import (
	"slices"
	"strings"

	"github.com/rollcast/rollcast/planner"
)

const (
	readyFill       = "▞" // ready, but not yet for minReadySeconds
	notReadyFill    = "░"
	terminatingFill = "·"
	floorLine       = "│" // what the strategy keeps available
	budgetLine      = "┊" // what a PodDisruptionBudget asks for
	shortBar        = 16  // columns below which a bar says little
	leastBar        = 8   // columns that a bar takes in any case
	longBar         = 40  // columns beyond which it says no more
	broadPod        = 4   // columns that one pod takes at most
)

// A scale maps pods to columns. Bars of one table share it: whole columns for
// each pod where they fit, else so many pods a column that the longest bar
// fits.
type scale struct {
	most    int64   // pods that the full width stands for
	columns int     // of the full width
	lines   []gauge // sorted by pods
}

// A gauge is a vertical line through all bars at a number of pods.
type gauge struct {
	pods int64
	line string
	st   style
}

// newScale fits the most pods that exist at once, terminating ones included,
// into the columns that are left beside the gauges' own.
func newScale(steps []planner.Step, columns int, lines []gauge) scale {
	most := int64(1)
	for _, s := range steps {
		most = max(most, s.Pods+s.Terminating)
	}
	for _, l := range lines {
		most = max(most, l.pods)
	}
	lines = slices.Clone(lines)
	slices.SortStableFunc(lines, func(a, b gauge) int { return int(a.pods - b.pods) })
	columns = min(max(columns-len(lines), leastBar), longBar)
	if most <= int64(columns) {
		columns = int(most) * min(columns/int(most), broadPod)
	}
	return scale{most, columns, lines}
}

// at is the column that stands for a number of pods. Anything above none takes
// a column, and what is short of the most never takes the last: a bar does not
// round a missing pod away.
func (s scale) at(pods int64) int {
	if pods <= 0 {
		return 0
	}
	if s.most <= int64(s.columns) {
		return int(pods) * s.columns / int(s.most)
	}
	column := int((pods*int64(s.columns) + s.most/2) / s.most)
	if pods < s.most {
		column = min(column, s.columns-1)
	}
	return max(1, column)
}

// width is the columns of every bar, its gauges included.
func (s scale) width() int { return s.columns + len(s.lines) }

// A stretch is a run of equal cells.
type stretch struct {
	pods int64
	fill string
	st   style
}

// bar draws one state: available pods first, role by role, so that their end
// can be held against the gauges; then pods that are ready and not available
// yet, then those that are not ready, then those that are going.
func (p *page) bar(s scale, c cast, step planner.Step) string {
	shares := c.shares(step.Revisions)
	var stretches []stretch
	for i, sh := range shares {
		stretches = append(stretches, stretch{sh.available, c.roles[i].fill, c.roles[i].st})
	}
	for i, sh := range shares {
		stretches = append(stretches, stretch{sh.ready - sh.available, readyFill, c.roles[i].st})
	}
	for i, sh := range shares {
		stretches = append(stretches, stretch{sh.pods - sh.ready, notReadyFill, c.roles[i].st})
	}
	stretches = append(stretches, stretch{step.Terminating, terminatingFill, dim})
	return p.draw(s, stretches)
}

// draw fills the cells, puts the gauges between them and leaves the rest blank.
func (p *page) draw(s scale, stretches []stretch) string {
	type cell struct {
		text string
		st   style
	}
	line := make([]cell, s.columns)
	for i := range line {
		line[i] = cell{" ", plain}
	}
	total, from := int64(0), 0
	for _, st := range stretches {
		total += st.pods
		to := s.at(total)
		for i := from; i < to && i < len(line); i++ {
			line[i] = cell{st.fill, st.st}
		}
		from = max(from, to)
	}
	var out []cell
	gauges := s.lines
	for i := 0; i <= len(line); i++ {
		for len(gauges) > 0 && (s.at(gauges[0].pods) <= i || i == len(line)) {
			out = append(out, cell{gauges[0].line, gauges[0].st})
			gauges = gauges[1:]
		}
		if i < len(line) {
			out = append(out, line[i])
		}
	}
	// Cells of one style are painted together, which keeps the bytes few.
	var b strings.Builder
	for i := 0; i < len(out); {
		j, text := i, ""
		for ; j < len(out) && out[j].st == out[i].st; j++ {
			text += out[j].text
		}
		b.WriteString(p.paint(out[i].st, text))
		i = j
	}
	return b.String()
}
