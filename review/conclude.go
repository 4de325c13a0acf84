package review

import (
	"cmp"
	"slices"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/workload"
)

// result puts everything together, sorted and counted.
func (r *run) result() *Result {
	hidden := r.suppress()
	res := &Result{pool: r.options.Pool, KubernetesVersion: r.options.KubernetesVersion, Findings: r.findings, Suppressed: hidden, Failures: r.failures}
	finding.Sort(res.Findings)
	r.addDocuments(res)
	r.addPlans(res)
	r.addSkipped(res)
	r.count(&res.Summary)
	res.Summary.Suppressed = len(hidden)
	return res
}

// addDocuments lists what was judged: a report of passed checks names it.
func (r *run) addDocuments(res *Result) {
	judged := map[*manifest.Document]bool{}
	for _, d := range r.documents() {
		judged[d] = true
	}
	files := slices.SortedStableFunc(slices.Values(r.in.Files), func(a, b *manifest.File) int { return cmp.Compare(a.Name, b.Name) })
	for _, f := range files {
		for _, d := range f.Documents {
			if judged[d] {
				res.Documents = append(res.Documents, d)
			}
		}
	}
}

// addPlans lists the workloads of reported files by file and byte. A workload
// that several sets reach is listed once for each number of replicas.
func (r *run) addPlans(res *Result) {
	var shown []*subject
	type once struct {
		doc      *manifest.Document
		replicas int32
	}
	seen := map[once]bool{}
	for _, s := range slices.Concat(r.subjects...) {
		key := once{s.workload.Document, s.workload.Replicas.Effective}
		if r.reported[s.workload.Document.File] && !seen[key] {
			seen[key] = true
			shown = append(shown, s)
		}
	}
	slices.SortStableFunc(shown, func(a, b *subject) int { return byPlace(a.workload.Document, b.workload.Document) })
	for _, s := range shown {
		res.addPlan(s)
		if s.facts != nil {
			res.Facts = append(res.Facts, s.facts)
		}
	}
}

// addPlan lists a subject's plan and its variants.
func (res *Result) addPlan(s *subject) {
	res.Plans = append(res.Plans, s.result(res.pool))
	for _, v := range s.variants {
		p := v.result(res.pool)
		p.Variant = true
		res.Plans = append(res.Plans, p)
	}
}

// result is the subject's plan with what it costs and what watches over it.
func (s *subject) result(pool *workload.Pool) Plan {
	w := s.workload
	p := Plan{Document: w.Document, Plan: s.plan, NoPlan: s.noPlan, Refused: s.refused, PlayError: s.playErr, Autoscalers: w.Autoscalers}
	if s.plan == nil {
		return p
	}
	for _, v := range w.Services {
		if !v.PublishNotReady {
			p.Services = append(p.Services, v)
		}
	}
	pods := int64(s.plan.Replicas.To)
	for _, b := range w.Budgets {
		others := b.Others(w)
		if ready, ok := b.DesiredHealthy(others + pods); ok {
			p.Budgets = append(p.Budgets, Budget{Budget: b, MinReady: ready, Others: others, All: others + pods})
		}
	}
	p.Capacity = &Capacity{}
	p.Capacity.AtPeak.CPU, p.Capacity.AtPeak.Memory = w.Pod.Requests.Times(s.plan.PeakPods)
	p.Rooms = s.rooms(pool)
	p.Capacity.Extra.CPU, p.Capacity.Extra.Memory = w.Pod.Requests.Times(max(0, s.plan.PeakPods-int64(s.plan.Replicas.From)))
	return p
}

// addSkipped lists what was not analysed, and why.
func (r *run) addSkipped(res *Result) {
	res.Skipped = slices.Clone(r.in.Skipped)
	for _, f := range r.in.Files {
		if f.NotJudged != "" {
			res.Skipped = append(res.Skipped, Skipped{File: f.Name, Reason: f.NotJudged})
		}
		for _, s := range f.Skipped {
			res.Skipped = append(res.Skipped, Skipped{File: f.Name, Line: s.Line, Reason: s.Reason})
		}
		res.Skipped = append(res.Skipped, unread(f)...)
	}
	for _, s := range r.layout.Skipped {
		if r.reported[s.File] {
			res.Skipped = append(res.Skipped, Skipped{File: s.File.Name, Line: s.Line, Reason: s.Reason})
		}
	}
	slices.SortStableFunc(res.Skipped, func(a, b Skipped) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Reason, b.Reason))
	})
	for _, s := range res.Skipped {
		if s.Line == 0 {
			res.Summary.SkippedFiles++
		} else {
			res.Summary.SkippedDocuments++
		}
	}
}

// unread is what of a file could not be read: the whole of it where no document
// is left, which also counts as one.
func unread(f *manifest.File) []Skipped {
	var out []Skipped
	for _, p := range f.Problems {
		switch {
		case p.Warning:
		case len(f.Documents) == 0:
			return []Skipped{{File: f.Name, Reason: "not readable: " + p.Message}}
		default:
			out = append(out, Skipped{File: f.Name, Line: p.Range.Start.Line, Reason: "not readable: " + p.Message})
		}
	}
	return out
}

func (r *run) count(sum *Summary) {
	sum.Files = len(r.in.Files) + len(r.in.Skipped)
	patches := map[*manifest.File]bool{}
	for _, s := range r.layout.Skipped {
		patches[s.File] = true
	}
	for _, f := range r.in.Files {
		if patches[f] {
			continue
		}
		sum.Documents += len(f.Documents) + len(f.Skipped)
		for _, d := range f.Documents {
			if c := r.checked[d]; c != nil && c.noSchema {
				sum.WithoutSchema++
			}
		}
	}
	for _, f := range r.findings {
		sum.count(f.Severity)
	}
}

// count adds a finding of the severity.
func (s *Summary) count(severity finding.Severity) {
	switch severity {
	case finding.Error:
		s.Errors++
	case finding.Warning:
		s.Warnings++
	case finding.Info:
		s.Infos++
	}
}
