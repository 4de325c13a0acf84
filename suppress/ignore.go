// Package suppress lets users live with findings: by a comment beside what is
// found, or by a baseline of what was there before.
package suppress

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/internal/spell"
	"github.com/rollcast/rollcast/manifest"
)

// The rules about ignores themselves.
const (
	RuleMalformed = "ignore/malformed"
	RuleUnused    = "ignore/unused"
)

// An Ignore is one comment such as
//
//	# rollcast: ignore image-tag-latest, no-grace-period -- built in the pipeline
//
// on the line of a node, or alone on a line above one. It covers the node and
// all below it; above a document's first key, the document.
type Ignore struct {
	Rules    []string // that exist, in the order of the comment
	Reason   string
	File     *manifest.File
	Range    manifest.Range // of the comment
	Document *manifest.Document
	Path     manifest.Path // of the node; empty for the whole document

	used []bool // of each rule
}

// marker starts every comment that speaks to rollcast.
const marker = "rollcast:"

// Read finds the ignores of a file. Faults are those that cannot be obeyed, as
// findings: a missing reason, a rule that does not exist, nothing beside the
// comment. known lists the rules that exist.
func Read(f *manifest.File, known []string) (list []*Ignore, faults []finding.Finding) {
	var lines *lineIndex
	for c := range f.Comments() {
		text, ok := strings.CutPrefix(c.Text, marker)
		if !ok {
			continue
		}
		if lines == nil {
			lines = index(f)
		}
		i := &Ignore{File: f, Range: rangeOf(f, c)}
		fault := func(message string) {
			faults = append(faults, finding.Finding{Rule: RuleMalformed, Severity: finding.Warning, Message: message, File: f, Document: i.Document, Path: i.Path, Range: i.Range})
		}
		if !i.find(lines, c) {
			if len(f.Documents) > 0 { // what is not judged needs no ignores
				fault("this comment stands beside no field, so it ignores nothing; put it on the line of the field, or above it")
			}
			continue
		}
		rules, message := parse(text, &i.Reason)
		if message != "" {
			fault(message)
			continue
		}
		for _, r := range rules {
			if slices.Contains(known, r) {
				i.Rules = append(i.Rules, r)
				continue
			}
			fault(unknownRule(r, known))
		}
		if len(i.Rules) > 0 {
			i.used = make([]bool, len(i.Rules))
			list = append(list, i)
		}
	}
	return list, faults
}

var form = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\s*ignore\s+(.*?)(?:\s+--(?:\s+(.*))?)?$`) })

// example ends messages: people copy it.
const example = "write `# rollcast: ignore RULE -- reason`"

// parse reads what follows the marker.
func parse(text string, reason *string) (rules []string, fault string) {
	m := form().FindStringSubmatch(text)
	if m == nil {
		return nil, "rollcast does not understand this comment; " + example
	}
	for r := range strings.SplitSeq(m[1], ",") {
		r = strings.TrimSpace(r)
		switch {
		case r == "" || strings.HasPrefix(r, "--"):
			return nil, "an ignore names the rules that it is about; " + example
		case strings.ContainsAny(r, " \t"):
			return nil, "rules are separated by commas, and the reason follows --; " + example
		case !slices.Contains(rules, r):
			rules = append(rules, r)
		}
	}
	if *reason = strings.TrimSpace(m[2]); *reason == "" {
		return nil, "an ignore needs a reason, so that the next reader need not guess; " + example
	}
	return rules, ""
}

func unknownRule(rule string, known []string) string {
	hint := ""
	if near := spell.Nearest(rule, known); near != "" {
		hint = " (did you mean " + near + "?)"
	}
	return "there is no rule " + quote(rule) + hint + ", so nothing is ignored; `rollcast rules` lists them"
}

func quote(s string) string { return `"` + s + `"` }

// rangeOf is the comment up to the end of its line.
func rangeOf(f *manifest.File, c manifest.Comment) manifest.Range {
	end := c.Pos.Byte
	for end < len(f.Data) && f.Data[end] != '\n' {
		end++
	}
	if end > c.Pos.Byte && f.Data[end-1] == '\r' {
		end--
	}
	return manifest.Range{Start: c.Pos, End: f.Pos(end)}
}

// covers reports whether the ignore is about the place of a finding.
func (i *Ignore) covers(f *finding.Finding) bool {
	switch {
	case f.File != i.File:
		return false
	case f.Document == i.Document:
		return f.Path.HasPrefix(i.Path)
	case f.Document == nil: // of the text itself
		r := i.Document.Range(i.Path)
		return f.Range.Start.Byte >= r.Start.Byte && f.Range.Start.Byte < r.End.Byte
	}
	return false
}

// hides reports whether the ignore hides a finding, and remembers that it did.
func (i *Ignore) hides(f *finding.Finding) bool {
	n := slices.Index(i.Rules, f.Rule)
	if n < 0 || !i.covers(f) {
		return false
	}
	i.used[n] = true
	return true
}
