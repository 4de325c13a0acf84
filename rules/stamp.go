package rules

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/rollcast/rollcast/facts"
	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
)

// stamp turns what a rule said into a finding: the rule's id and severity, and
// the place that its id and path lead to. ok is false where the server refuses
// the very place, because a rule cannot judge it then.
func (e *Engine) stamp(s *facts.Subject, r result) (f finding.Finding, ok bool, err error) {
	rule := e.byID[r.rule]
	f.Rule = rule.ID
	if f.Message, ok = r.finding["message"].(string); !ok || f.Message == "" {
		return f, false, fmt.Errorf("rule %s gives a finding without a message", r.rule)
	}
	place, err := locate(s, r.finding)
	if err != nil {
		return f, false, fmt.Errorf("rule %s: %w", r.rule, err)
	}
	if place.Document == s.Document() && s.Refused(place.Path) {
		return f, false, nil
	}
	if f.Severity, err = e.severity(rule, r.finding["severity"]); err != nil {
		return f, false, err
	}
	f.Document, f.File = place.Document, place.Document.File
	f.Path = existing(place)
	f.Range = rangeOf(place.Document, f.Path)
	related, _ := r.finding["related"].([]any)
	for _, item := range related {
		m, _ := item.(map[string]any)
		place, err := locate(s, m)
		if err != nil {
			return f, false, fmt.Errorf("rule %s: related: %w", r.rule, err)
		}
		message, _ := m["message"].(string)
		f.Related = append(f.Related, finding.Related{
			File:    place.Document.File,
			Range:   rangeOf(place.Document, existing(place)),
			Message: message,
		})
	}
	f.Related = anchored(place.Document, f.Path, f.Related)
	f.Fix, err = e.fix(s, rule, r.finding)
	return f, true, err
}

// anchored adds where the text of an alias is written, unless it is told
// already: the finding itself stands where the alias is used.
func anchored(doc *manifest.Document, p manifest.Path, related []finding.Related) []finding.Related {
	n := doc.Root.At(p)
	if n == nil || n.Anchor() == nil {
		return related
	}
	at := doc.File.NodeRange(n.Anchor())
	for _, r := range related {
		if r.File == doc.File && r.Range.Start.Line == at.Start.Line {
			return related
		}
	}
	return append(related, finding.Related{File: doc.File, Range: at, Message: "the anchor is here"})
}

// severity is the configured one, else the METADATA's, which a rule may lower
// for one finding and not raise.
func (e *Engine) severity(rule *Rule, said any) (finding.Severity, error) {
	if level, ok := e.options.Levels[rule.ID]; ok {
		return level, nil
	}
	text, ok := said.(string)
	if !ok {
		return rule.Severity, nil
	}
	severity, err := finding.ParseSeverity(text)
	if err != nil {
		return 0, fmt.Errorf("rule %s: %w", rule.ID, err)
	}
	return min(severity, rule.Severity), nil
}

// locate finds the place of {"at": id, "path": […]}; without "at" it is the
// object.
func locate(s *facts.Subject, m map[string]any) (facts.Place, error) {
	id := 0
	if at, ok := m["at"]; ok {
		number, _ := at.(json.Number)
		var err error
		if id, err = strconv.Atoi(string(number)); err != nil {
			return facts.Place{}, fmt.Errorf("at is %v and no id", at)
		}
	}
	place, ok := s.Place(id)
	if !ok {
		return facts.Place{}, fmt.Errorf("at is %d, which is nothing's id", id)
	}
	steps, _ := m["path"].([]any)
	for _, step := range steps {
		switch step := step.(type) {
		case string:
			place.Path = place.Path.Append(manifest.Key(step))
		case json.Number:
			i, err := strconv.Atoi(string(step))
			if err != nil || i < 0 {
				return facts.Place{}, fmt.Errorf("path holds %v, which is no index", step)
			}
			place.Path = place.Path.Append(manifest.Index(i))
		default:
			return facts.Place{}, fmt.Errorf("path holds %v, which is no key and no index", step)
		}
	}
	return place, nil
}

// existing is the part of the path that the document has.
func existing(p facts.Place) manifest.Path {
	n := p.Document.Root
	for i := range p.Path {
		if n = n.At(p.Path[i : i+1]); n == nil {
			return p.Path[:i]
		}
	}
	return p.Path
}

// rangeOf is what to underline: a value that fits a line, else its key.
func rangeOf(doc *manifest.Document, p manifest.Path) manifest.Range {
	if n := doc.Root.At(p); n != nil && n.Kind != manifest.Mapping && n.Kind != manifest.Sequence {
		return doc.Range(p)
	}
	return doc.KeyRange(p)
}
