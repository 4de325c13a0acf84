package report

import (
	"io"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/review"
)

// jsonReview is what CONTRACT shows of a review. Without a base it names none,
// there are no changes, and every finding is new.
type jsonReview struct {
	Version           int            `json:"version"`
	KubernetesVersion string         `json:"kubernetesVersion"`
	Base              string         `json:"base,omitempty"`
	Verdict           review.Verdict `json:"verdict,omitempty"`
	Reasons           []string       `json:"reasons"`
	Summary           review.Summary `json:"summary"`
	Changes           []jsonChange   `json:"changes"`
	Combined          []jsonCombined `json:"combined,omitempty"`
	Plans             []jsonPlan     `json:"plans"`
	Findings          []jsonFinding  `json:"findings"`
}

type jsonChange struct {
	Object   jsonObject          `json:"object"`
	File     string              `json:"file"`
	Line     int                 `json:"line"`
	Kind     review.ChangeKind   `json:"kind"`
	Kinds    []review.ChangeKind `json:"kinds"`
	Because  []jsonBecause       `json:"because"`
	More     int                 `json:"more,omitempty"` // differences that because leaves out
	Pods     *jsonPods           `json:"pods,omitempty"`
	Messages []string            `json:"messages"`
}

// A jsonBecause has neither from nor to where the value is secret.
type jsonBecause struct {
	Path string `json:"path"`
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
	File string `json:"file"`
	Line int    `json:"line"`
}

type jsonPods struct {
	Restarted int64 `json:"restarted"`
}

func reviewJSON(w io.Writer, r *review.Result, _ Options) error {
	findings := jsonFindings(r.Findings)
	for i := range findings {
		if findings[i].Status == "" {
			findings[i].Status = string(finding.New)
		}
	}
	return writeJSON(w, jsonReview{
		Version:           jsonVersion,
		KubernetesVersion: r.KubernetesVersion,
		Base:              r.Base,
		Verdict:           r.Verdict,
		Reasons:           orEmpty(r.Reasons),
		Summary:           r.Summary,
		Changes:           changesJSON(r.Changes),
		Combined:          combinedJSON(r.Combined),
		Plans:             plansJSON(r.Plans),
		Findings:          findings,
	})
}

func changesJSON(changes []*review.Change) []jsonChange {
	out := make([]jsonChange, 0, len(changes))
	for _, c := range changes {
		j := jsonChange{
			Object:   objectJSON(c.Document),
			File:     c.Document.File.Name,
			Line:     startLine(c.Document),
			Kind:     c.Kind(),
			Kinds:    c.Kinds,
			Because:  make([]jsonBecause, 0, len(c.Because)),
			More:     c.More,
			Messages: orEmpty(c.Messages),
		}
		for _, b := range c.Because {
			j.Because = append(j.Because, jsonBecause{b.Path.String(), b.From, b.To, b.File.Name, b.Line})
		}
		if c.Restarted != nil {
			j.Pods = &jsonPods{*c.Restarted}
		}
		out = append(out, j)
	}
	return out
}

// A jsonCombined is what several rollouts of the change share; short says that
// there is not enough of it for all at once.
type jsonCombined struct {
	Over      string   `json:"over"`
	Workloads []string `json:"workloads"`
	Short     bool     `json:"short"`
	Message   string   `json:"message"`
}

func combinedJSON(list []review.Combination) (out []jsonCombined) {
	for _, c := range list {
		out = append(out, jsonCombined{c.Over, c.Workloads, c.Short, c.Text})
	}
	return out
}
