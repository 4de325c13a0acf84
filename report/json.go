package report

import (
	"encoding/json"
	"io"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/review"
)

// jsonVersion is the version of the three JSON documents. It rises when a key
// is renamed or removed, which CONTRACT forbids: additions do not count.
const jsonVersion = 1

type jsonLint struct {
	Version           int            `json:"version"`
	KubernetesVersion string         `json:"kubernetesVersion"`
	Summary           review.Summary `json:"summary"`
	Findings          []jsonFinding  `json:"findings"`
}

type jsonPlans struct {
	Version           int        `json:"version"`
	KubernetesVersion string     `json:"kubernetesVersion"`
	Plans             []jsonPlan `json:"plans"`
	// Rejected are the errors that no plan's noPlan tells.
	Rejected []jsonFinding `json:"rejected,omitempty"`
}

type jsonFinding struct {
	Rule        string        `json:"rule"`
	Severity    string        `json:"severity"`
	Message     string        `json:"message"`
	File        string        `json:"file"`
	Line        int           `json:"line"`
	Column      int           `json:"column"`
	EndLine     int           `json:"endLine"`
	EndColumn   int           `json:"endColumn"`
	Set         string        `json:"set,omitempty"`
	Path        string        `json:"path,omitempty"`
	Object      *jsonObject   `json:"object,omitempty"`
	Related     []jsonRelated `json:"related,omitempty"`
	Fix         *jsonFix      `json:"fix,omitempty"`
	Fingerprint string        `json:"fingerprint"`
	Status      string        `json:"status,omitempty"`
}

type jsonObject struct {
	APIVersion string `json:"apiVersion,omitempty"`
	Kind       string `json:"kind,omitempty"`
	Namespace  string `json:"namespace,omitempty"`
	Name       string `json:"name,omitempty"`
}

type jsonRelated struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
	Message   string `json:"message"`
}

type jsonFix struct {
	Safe        bool       `json:"safe"`
	Description string     `json:"description"`
	Edits       []jsonEdit `json:"edits"`
}

type jsonEdit struct {
	File      string `json:"file"`
	StartByte int    `json:"startByte"`
	EndByte   int    `json:"endByte"`
	Text      string `json:"text"`
}

// A jsonPlan is a planner.Plan with what only the review knows of it. Where
// there is no plan, noPlan says why and the plan's own keys are absent.
type jsonPlan struct {
	Object jsonObject `json:"object"`
	File   string     `json:"file"`
	Line   int        `json:"line"`
	NoPlan string     `json:"noPlan,omitempty"`
	*planner.Plan
	Capacity *review.Capacity `json:"capacity,omitempty"`
	Rooms    []jsonRoom       `json:"rooms,omitempty"`
}

// A jsonRoom is what bounds the pods of a rollout: needs are those beyond the
// wanted ones at its peak, fits how many of them there is room for.
type jsonRoom struct {
	By      string `json:"by"`
	Of      string `json:"of,omitempty"`
	Needs   int64  `json:"needs"`
	Fits    int64  `json:"fits"`
	Stalls  bool   `json:"stalls"`
	Message string `json:"message"`
}

func roomsJSON(rooms []review.Room) (out []jsonRoom) {
	for _, r := range rooms {
		out = append(out, jsonRoom{r.By, r.Of, r.Needs, r.Fits, r.Stalls, r.Text})
	}
	return out
}

func lintJSON(w io.Writer, r *review.Result, _ Options) error {
	return writeJSON(w, jsonLint{jsonVersion, r.KubernetesVersion, r.Summary, jsonFindings(r.Findings)})
}

func planJSON(w io.Writer, r *review.Result, _ Options) error {
	return writeJSON(w, jsonPlans{jsonVersion, r.KubernetesVersion, plansJSON(r.Plans), jsonFindings(rejected(r))})
}

// writeJSON leaves < > & as they are: the output is read by programs and
// people, never by a browser as HTML.
func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

func jsonFindings(findings []finding.Finding) []jsonFinding {
	out := make([]jsonFinding, 0, len(findings))
	for i := range findings {
		f := &findings[i]
		j := jsonFinding{
			Rule:        f.Rule,
			Severity:    f.Severity.String(),
			Message:     f.Message,
			File:        f.File.Name,
			Line:        f.Range.Start.Line,
			Column:      f.Range.Start.Column,
			EndLine:     f.Range.End.Line,
			EndColumn:   f.Range.End.Column,
			Set:         f.Set,
			Path:        f.ServerPath().String(),
			Fingerprint: f.Fingerprint(),
			Status:      string(f.Status),
		}
		if f.Document != nil {
			object := objectJSON(f.Document)
			j.Object = &object
		}
		for _, related := range f.Related {
			at := related.Range
			j.Related = append(j.Related, jsonRelated{related.File.Name, at.Start.Line, at.Start.Column, at.End.Line, at.End.Column, related.Message})
		}
		if fix := f.Fix; fix != nil {
			j.Fix = &jsonFix{Safe: fix.Safe, Description: fix.Description, Edits: make([]jsonEdit, 0, len(fix.Edits))}
			for _, e := range fix.Edits {
				j.Fix.Edits = append(j.Fix.Edits, jsonEdit{e.File.Name, e.Start, e.End, e.Text})
			}
		}
		out = append(out, j)
	}
	return out
}

func objectJSON(d *manifest.Document) jsonObject {
	return jsonObject{d.APIVersion, d.Kind, d.Namespace, d.Name}
}

func plansJSON(plans []review.Plan) []jsonPlan {
	out := make([]jsonPlan, 0, len(plans))
	for _, p := range plans {
		out = append(out, jsonPlan{
			Object:   objectJSON(p.Document),
			File:     p.Document.File.Name,
			Line:     startLine(p.Document),
			NoPlan:   p.NoPlan,
			Plan:     withoutNulls(p.Plan),
			Capacity: p.Capacity,
			Rooms:    roomsJSON(p.Rooms),
		})
	}
	return out
}

// withoutNulls is a copy of the plan in which every list that CONTRACT shows
// is a list: a nil slice would become null.
func withoutNulls(p *planner.Plan) *planner.Plan {
	if p == nil {
		return nil
	}
	c := *p
	c.Steps = stepsWithoutNulls(p.Steps)
	c.DurationSeconds = withMax(p.DurationSeconds)
	if p.IfBad != nil {
		bad := *p.IfBad
		bad.Revisions = orEmpty(bad.Revisions)
		bad.Undo = stepsWithoutNulls(bad.Undo)
		c.IfBad = &bad
	}
	return &c
}

func stepsWithoutNulls(steps []planner.Step) []planner.Step {
	out := make([]planner.Step, len(steps))
	for i, s := range steps {
		if s.Revisions != nil || !s.Conditions.None { // a Job and a CronJob have none
			s.Revisions = orEmpty(s.Revisions)
		}
		s.Seconds = withMax(s.Seconds)
		out[i] = s
	}
	return out
}

// withMax gives every range the maximum that CONTRACT shows.
func withMax(s *planner.Seconds) *planner.Seconds {
	if s == nil {
		return nil
	}
	shown := s.WithMax()
	return &shown
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// startLine is the line on which the object starts.
func startLine(d *manifest.Document) int { return d.Range(nil).Start.Line }
