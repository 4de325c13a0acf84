// Package ruletest runs rules the way rollcast does, parse to findings, on the
// manifests of their folders, compares what they say with the expectations
// written there, and generates the rules' documentation from it.
package ruletest

import (
	"context"
	"fmt"
	"strings"

	"github.com/rollcast/rollcast/facts"
	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/rules"
	"github.com/rollcast/rollcast/workload"
)

// Subjects are the subjects of a manifest that is a set of its own: workloads
// with their default plans, and what touches none.
func Subjects(name string, data []byte) ([]*facts.Subject, error) {
	file := manifest.Parse(name, data, manifest.Options{})
	for _, p := range file.Problems {
		return nil, fmt.Errorf("%s:%d: %s", name, p.Range.Start.Line, p.Message)
	}
	var subjects []*facts.Subject
	set := workload.Resolve(file.Documents, nil)
	for _, w := range set.Workloads {
		spec, _ := w.Spec(w.Replicas.Effective)
		plans, err := facts.Predict(w, spec.DefaultScenario())
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", name, w.Document.Label(), err)
		}
		if s := facts.Build(w, plans); s != nil {
			subjects = append(subjects, s)
		}
	}
	return append(subjects, facts.Unattaches(set)...), nil
}

// Changed are the subjects of a manifest, and how they differ from what it was
// before; base may be nil.
func Changed(name string, data, base []byte) ([]*facts.Subject, error) {
	subjects, err := Subjects(name, data)
	if err != nil || base == nil {
		return subjects, err
	}
	before := manifest.Parse("base.yaml", base, manifest.Options{})
	for _, p := range before.Problems {
		return nil, fmt.Errorf("base.yaml:%d: %s", p.Range.Start.Line, p.Message)
	}
	change(subjects, before.Documents)
	return subjects, nil
}

// Judge runs the rules on a manifest that is a set of its own; its findings
// are in the order of every report. base, where not nil, is what the manifest
// was before.
func Judge(ctx context.Context, e *rules.Engine, name string, data, base []byte) ([]finding.Finding, error) {
	subjects, err := Changed(name, data, base)
	if err != nil {
		return nil, err
	}
	findings, err := e.Check(ctx, subjects)
	finding.Sort(findings)
	return findings, err
}

// Print writes findings one a line, the place first.
func Print(findings []finding.Finding) string {
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "%s:%d:%d: %s: %s [%s]\n", f.File.Name, f.Range.Start.Line, f.Range.Start.Column, f.Severity, f.Message, f.Rule)
	}
	return b.String()
}
