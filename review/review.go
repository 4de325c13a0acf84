// Package review is the judgement: the one pipeline from parsed files to
// findings and plans. lint, plan and review are views of its result.
//
//	files -> sets -> schema -> workloads -> plans -> facts -> rules -> Result
package review

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/rollcast/rollcast/facts"
	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/workload"
)

// Run judges the input. It errors on options that make no sense; whatever is
// wrong with the files is in the result.
func Run(ctx context.Context, in Input, o Options) (*Result, error) {
	chosen, err := prepare(&o)
	if err != nil {
		return nil, err
	}
	return judge(ctx, in, o, chosen, &memory{}).result(), nil
}

// prepare completes the options and chooses the rules.
func prepare(o *Options) (*selection, error) {
	if o.KubernetesVersion == "" {
		o.KubernetesVersion = KubernetesVersions[0]
	}
	if !slices.Contains(KubernetesVersions, o.KubernetesVersion) {
		return nil, fmt.Errorf("unknown version %s of Kubernetes: choose %s", o.KubernetesVersion, strings.Join(KubernetesVersions, ", "))
	}
	return newSelection(*o)
}

// judge runs the pipeline up to the findings.
func judge(ctx context.Context, in Input, o Options, chosen *selection, m *memory) *run {
	r := analyse(in, o, chosen, m)
	r.checkRules(ctx)
	return r
}

// analyse runs the pipeline up to the facts.
func analyse(in Input, o Options, chosen *selection, m *memory) *run {
	r := &run{in: in, options: o, chosen: chosen, memory: m, reported: map[*manifest.File]bool{}, failures: chosen.faults()}
	for _, f := range in.Files {
		r.reported[f] = true
	}
	r.layout = manifest.NewLayout(slices.Concat(in.Files, in.Context))
	r.sets = r.relevantSets()
	r.warm()
	r.checkSchema()
	r.checkText()
	r.checkDivided()
	r.resolve()
	r.gate()
	r.predict()
	return r
}

// gate tells every workload which feature gates were set, and of which minor.
func (r *run) gate() {
	minor := r.options.schema().Minor
	for _, subjects := range r.subjects {
		for _, s := range subjects {
			s.workload.Gates, s.workload.Minor, s.workload.At = r.options.FeatureGates, minor, r.options.At
			if p := r.options.Pool; p != nil && s.workload.Kind == workload.DaemonSet {
				n := p.Eligible(s.workload)
				s.workload.Nodes = &n
			}
		}
	}
}

// A memory is what two judgements of the same documents need to find out once:
// most documents of a change are equal on both sides.
type memory struct {
	workloads workload.Cache
	checked   map[*manifest.Document]*checked
}

// A run is the state of one judgement. Each stage fills what the next reads.
type run struct {
	in       Input
	options  Options
	chosen   *selection
	memory   *memory
	reported map[*manifest.File]bool
	layout   *manifest.Layout

	sets     []manifest.Set // those with a reported document
	names    map[*manifest.Document]string
	checked  map[*manifest.Document]*checked
	subjects [][]*subject // of each set
	// unattached are the objects of each set that touch no workload.
	unattached [][]*facts.Subject
	findings   []finding.Finding
	failures   []error
}

// relevantSets are the sets that hold a document to report. What lies in no
// such set cannot change a finding, and is not judged at all.
func (r *run) relevantSets() []manifest.Set {
	r.names = map[*manifest.Document]string{}
	var sets []manifest.Set
	for _, s := range r.layout.Sets {
		if !slices.ContainsFunc(s.Documents, func(d *manifest.Document) bool { return r.reported[d.File] }) {
			continue
		}
		sets = append(sets, s)
		for _, d := range s.Documents {
			if _, known := r.names[d]; !known {
				r.names[d] = s.Name
			}
		}
	}
	return sets
}

// documents are the documents of the relevant sets, each once.
func (r *run) documents() []*manifest.Document {
	var docs []*manifest.Document
	seen := map[*manifest.Document]bool{}
	for _, s := range r.sets {
		for _, d := range s.Documents {
			if !seen[d] {
				seen[d] = true
				docs = append(docs, d)
			}
		}
	}
	return docs
}

// add takes findings in that are to be reported.
func (r *run) add(found ...finding.Finding) {
	for _, f := range found {
		if r.reported[f.File] {
			r.report(f)
		}
	}
}

// report takes in a finding that the selection lets through.
func (r *run) report(f finding.Finding) {
	if r.chosen.treat(&f) {
		r.findings = append(r.findings, f)
	}
}
