package review

import (
	"github.com/rollcast/rollcast/finding"
)

// checkText turns text that cannot be read into findings.
func (r *run) checkText() {
	for _, f := range r.in.Files {
		if len(f.Problems) == 0 {
			continue
		}
		set := r.layout.SetOf(f)
		for _, p := range f.Problems {
			severity := finding.Error
			if p.Warning { // the server reads on
				severity = finding.Warning
			}
			r.add(finding.Finding{Rule: "syntax", Severity: severity, Message: p.Message, File: f, Set: set, Range: p.Range})
		}
	}
}
