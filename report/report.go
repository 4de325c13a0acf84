// Package report renders a review.Result: one file for each output format,
// and one for each building block of the text format. Rendering is pure: the
// caller decides on colour and width, and the same result gives the same bytes.
package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/rollcast/rollcast/review"
)

// A View is which side of a result is shown. lint, plan and review are views
// of one result.
type View string

const (
	Lint   View = "lint"   // the findings
	Plan   View = "plan"   // the rollouts, step by step
	Review View = "review" // both, workload by workload
)

// Options are what the reader's screen and wishes are. Formats for machines
// ignore them.
type Options struct {
	Color   bool
	Width   int // columns of the screen, 0 for no limit
	Verbose bool
	Quiet   bool // text: one line for each finding or workload
	// Version is rollcast's own, for formats that name their tool; "" leaves it
	// out.
	Version string
	// Category tells several SARIF files of one commit apart; "" is the view.
	Category string
}

// A Printer writes one result in one format.
type Printer func(w io.Writer, r *review.Result, o Options) error

// A format is a way to write results, with a printer for each view it knows.
type format struct {
	name     string
	printers map[View]Printer
}

// formats lists every format in the order in which users are told of them.
func formats() []format {
	return []format{
		{"text", map[View]Printer{Lint: lintText, Plan: planText, Review: reviewText}},
		{"json", map[View]Printer{Lint: lintJSON, Plan: planJSON, Review: reviewJSON}},
		{"markdown", map[View]Printer{Lint: lintMarkdown, Plan: planMarkdown, Review: reviewMarkdown}},
		{"sarif", map[View]Printer{Lint: sarif(Lint), Review: sarif(Review)}},
		{"github", map[View]Printer{Lint: github, Review: github}},
		{"gitlab", map[View]Printer{Lint: gitlab, Review: gitlab}},
		{"junit", map[View]Printer{Lint: junit, Review: junit}},
		{"checkstyle", map[View]Printer{Lint: checkstyle, Review: checkstyle}},
		{"rdjsonl", map[View]Printer{Lint: rdjsonl, Review: rdjsonl}},
	}
}

// Formats are the names of the formats that can show the view, the default
// first.
func Formats(view View) []string {
	var names []string
	for _, f := range formats() {
		if f.printers[view] != nil {
			names = append(names, f.name)
		}
	}
	return names
}

// New is the printer of a format for a view. The error lists the choices.
func New(name string, view View) (Printer, error) {
	for _, f := range formats() {
		if p := f.printers[view]; p != nil && f.name == name {
			return p, nil
		}
	}
	choices := Formats(view)
	if len(choices) == 0 {
		return nil, fmt.Errorf("unknown view %q: choose lint, plan or review", view)
	}
	i := slices.IndexFunc(formats(), func(f format) bool { return f.name == name })
	if i >= 0 {
		return nil, fmt.Errorf("format %s cannot show a %s: choose %s", name, view, strings.Join(choices, ", "))
	}
	return nil, fmt.Errorf("unknown format %q: choose %s", name, strings.Join(choices, ", "))
}
