package report

import (
	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/review"
)

// rejectedEach is how many rejections beside the workloads a plan shows.
const rejectedEach = 5

// rejected are the errors because of which a plan exits with 1 although no
// workload shows them: what cannot be parsed, and other kinds that the API
// server would reject. A workload's own are the reason that it has no plan.
func rejected(r *review.Result) []finding.Finding {
	planned := map[*manifest.Document]bool{}
	for i := range r.Plans {
		planned[r.Plans[i].Document] = true
	}
	var out []finding.Finding
	for _, f := range r.Findings {
		if f.Severity == finding.Error && review.IsServerRule(f.Rule) && (f.Document == nil || !planned[f.Document]) {
			out = append(out, f)
		}
	}
	return out
}

// rejections writes the first of them in one line each.
func (p *page) rejections(r *review.Result) {
	list := rejected(r)
	if len(list) > 0 && !p.Quiet {
		p.blank()
	}
	for i := range list {
		if i == rejectedEach && !p.Verbose && !p.Quiet {
			p.indented(0, dim, "and "+count(len(list)-i, "more error", "more errors")+" (-v shows them)")
			break
		}
		p.findingHead(&list[i], severityStyle(finding.Error))
	}
}
