package report

import (
	"fmt"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
)

// finding writes one finding: a line that grep and editors understand, then
// the source, related places and the way to repair it.
func (p *page) finding(f *finding.Finding) {
	st := severityStyle(f.Severity)
	p.line(p.paint(bold, place(f.File, f.Range.Start)+":"), " ",
		p.paint(st, f.Severity.String()+":"), " ", clean(f.Message), " ", p.paint(dim, "["+clean(f.Rule)+"]"))
	if p.Quiet {
		return
	}
	here, elsewhere := findingMarks(f)
	p.snippet(f.File, here, st)
	for _, r := range elsewhere {
		p.indented(4, blue, place(r.File, r.Range.Start)+": "+clean(r.Message))
	}
	if f.Fix != nil {
		p.labelled(fixLabel(f.Fix), 4, len(fixLabel(f.Fix))+1, plain, clean(f.Fix.Description))
	}
}

// fixLabel says whether the fix may be applied without a look at it.
func fixLabel(f *finding.Fix) string {
	if f.Safe {
		return "safe fix:"
	}
	return "proposed fix:"
}

// place is file:line:column, the form that editors jump to.
func place(f *manifest.File, at manifest.Pos) string {
	return fmt.Sprintf("%s:%d:%d", clean(f.Name), at.Line, at.Column)
}
