package report

import (
	"io"

	"github.com/rollcast/rollcast/review"
)

// lintText is the findings for people: first what was judged, then one block
// for each finding, the count last.
func lintText(w io.Writer, r *review.Result, o Options) error {
	p := newPage(o)
	p.judgedAs(r, "", plain)
	for i := range r.Findings {
		if !p.Quiet {
			p.blank()
		}
		p.finding(&r.Findings[i])
	}
	if !p.Quiet {
		if len(r.Findings) > 0 {
			p.blank()
		}
		p.summary(r)
	}
	return p.flush(w)
}
