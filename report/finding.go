package report

import (
	"fmt"
	"strings"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
)

// finding writes one finding: a line that grep and editors understand, then
// the source, related places and the way to repair it.
func (p *page) finding(f *finding.Finding) {
	st := severityStyle(f.Severity)
	p.findingHead(f, st)
	if p.Quiet {
		return
	}
	here, elsewhere := findingMarks(f)
	if f.Document == nil || !f.Document.IsSecret(f.Path) {
		p.snippet(f.File, here, st)
	}
	for _, r := range elsewhere {
		p.indented(4, blue, place(r.File, r.Range.Start)+": "+clean(r.Message))
	}
	if f.Fix != nil {
		p.labelled(fixLabel(f.Fix), 4, len(fixLabel(f.Fix))+1, plain, clean(f.Fix.Description))
	}
}

// findingHead writes file:line:column, severity, message and rule. It is one
// line wherever programs may read it; on a screen it wraps between words.
func (p *page) findingHead(f *finding.Finding, st style) {
	at, severity := place(f.File, f.Range.Start)+":", f.Severity.String()+":"
	message, rule := clean(f.Message), "["+clean(f.Rule)+"]"
	lines := []string{message + " " + rule}
	if used := displayWidth(at + " " + severity + " "); p.Width > 0 && !p.Quiet && used < p.Width {
		lines = hang(message+" "+rule, p.Width-used, p.room(4))
	}
	for i, l := range lines {
		if i == len(lines)-1 {
			if text, ok := strings.CutSuffix(l, rule); ok { // a rule's name has no spaces, so it stays whole
				l = text + p.paint(dim, rule)
			}
		}
		if i == 0 {
			p.line(p.paint(bold, at), " ", p.paint(st, severity), " ", l)
			continue
		}
		p.line("    ", l)
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
