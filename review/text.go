package review

import (
	"github.com/rollcast/rollcast/finding"
)

// checkText turns text that cannot be read into findings.
func (r *run) checkText() {
	for _, f := range r.in.Files {
		for _, p := range f.Problems {
			r.add(finding.Finding{Rule: "syntax", Severity: finding.Error, Message: p.Message, File: f, Range: p.Range})
		}
	}
}
