package suppress

import (
	"fmt"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
)

// Apply splits findings into those to report and those that an ignore hides.
// Where several ignores cover a finding, all of them are of use.
func Apply(ignores []*Ignore, found []finding.Finding) (kept, hidden []finding.Finding) {
	byFile := map[*manifest.File][]*Ignore{}
	for _, i := range ignores {
		byFile[i.File] = append(byFile[i.File], i)
	}
	for _, f := range found {
		for _, i := range byFile[f.File] {
			if i.hides(&f) && f.Suppression == nil {
				f.Suppression = &finding.Suppression{InSource: true, Reason: i.Reason}
			}
		}
		if f.Suppression == nil {
			kept = append(kept, f)
		} else {
			hidden = append(hidden, f)
		}
	}
	return kept, hidden
}

// Unused are the ignores that hid nothing although their rule ran: ran says
// whether it did on a document.
func Unused(ignores []*Ignore, ran func(rule string, d *manifest.Document) bool) []finding.Finding {
	var list []finding.Finding
	for _, i := range ignores {
		for n, rule := range i.Rules {
			if i.used[n] || !ran(rule, i.Document) {
				continue
			}
			list = append(list, finding.Finding{
				Rule:     RuleUnused,
				Severity: finding.Warning,
				Message:  fmt.Sprintf("%s finds nothing here, so nothing is ignored; remove it from the comment", rule),
				File:     i.File,
				Document: i.Document,
				Path:     i.Path,
				Range:    i.Range,
			})
		}
	}
	return list
}
