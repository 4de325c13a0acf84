package review

import (
	"slices"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
)

// ruleImmutable is what the API server refuses of an update.
const ruleImmutable = "schema/immutable"

// ruleDefaultDrift is that an object is written for an API with other defaults.
const ruleDefaultDrift = "api/default-drift"

// compareFindings tells new findings from old ones, by their fingerprints, and
// adds those that the change fixes. A fingerprint that occurs twice on one side
// counts twice. What a comment hid in the base and nothing hides now is new:
// who removes the comment brings the finding back.
func (c *comparison) compareFindings(before, res *Result) {
	for _, f := range c.found {
		if c.after.chosen.treat(&f) {
			res.Findings = append(res.Findings, f)
			res.Summary.count(f.Severity)
		}
	}
	known, ignored := map[string]int{}, map[string]int{}
	old := make([]string, len(before.Findings))
	for i := range before.Findings {
		old[i] = c.asHead(before.Findings[i])
		known[old[i]]++
	}
	for i := range before.Suppressed {
		hidden := known // by a baseline, which is of both sides
		if s := before.Suppressed[i].Suppression; s != nil && s.InSource {
			hidden = ignored
		}
		hidden[c.asHead(before.Suppressed[i])]++
	}
	for i := range res.Findings {
		f := &res.Findings[i]
		f.Status = finding.New
		if p := f.Fingerprint(); known[p] > 0 && f.Rule != ruleImmutable && f.Rule != ruleDefaultDrift {
			known[p]--
			f.Status = finding.Unchanged
		}
	}
	for i := range res.Suppressed { // ignored now, and no less there for that
		switch p := res.Suppressed[i].Fingerprint(); {
		case ignored[p] > 0:
			ignored[p]--
		case known[p] > 0:
			known[p]--
		}
	}
	for i := len(before.Findings) - 1; i >= 0; i-- {
		if p := old[i]; known[p] > 0 {
			known[p]--
			f := before.Findings[i]
			if _, live := c.live[f.Document]; live {
				continue // nobody wrote it, so nobody fixed it
			}
			f.Status = finding.Fixed
			res.Findings = append(res.Findings, f)
		}
	}
	finding.Sort(res.Findings)
	c.nearness(res.Findings)
}

// asHead is the fingerprint that a finding of the base has if the head has it
// still: an object that was renamed, or that belongs to another set now, is the
// same object.
func (c *comparison) asHead(f finding.Finding) string {
	if f.Document == nil {
		return f.Fingerprint()
	}
	if c.homes == nil {
		c.homes = map[*manifest.Document]pairing{}
		for _, p := range c.pairs {
			if p.base != nil && p.head != nil {
				c.homes[p.base] = p
			}
		}
	}
	p, ok := c.homes[f.Document]
	if !ok {
		if head := c.heads[f.Document]; head != nil {
			if set, ok := c.after.names[head]; ok {
				f.Set = set
			}
		}
		return f.Fingerprint()
	}
	if set, ok := c.after.names[p.head]; ok && !slices.ContainsFunc(c.now.Sets, func(s manifest.Set) bool { return s.Name == f.Set && slices.Contains(s.Documents, p.head) }) {
		f.Set = set
	}
	d := *f.Document
	d.APIVersion, d.Kind, d.Namespace, d.Name = p.head.APIVersion, p.head.Kind, p.head.Namespace, p.head.Name
	f.Document = &d
	return f.Fingerprint()
}

// sayOnce takes back the message of a change that a finding says as well.
func (c *comparison) sayOnce(res *Result) {
	for i := range res.Findings {
		f := &res.Findings[i]
		if f.Rule != "scale-up-starts-old-pods" || f.Status != finding.New {
			continue
		}
		if ch := c.changeOf(f.Document); ch != nil && ch.together != "" {
			ch.Messages = slices.DeleteFunc(ch.Messages, func(m string) bool { return m == ch.together })
		}
	}
}
