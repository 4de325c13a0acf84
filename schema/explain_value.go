package schema

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema/table"
)

// blame tells a fault of a value.
func (c *checker) blame(n *manifest.Node, rule, message string, fix *finding.Fix) {
	c.blameFor(n, fault{rule: rule, message: message, fix: fix})
}

// blameFor tells a fault of a value, whose place it adds.
func (c *checker) blameFor(n *manifest.Node, f fault) {
	if c.hushed() {
		return
	}
	f.path = c.pathOf(n)
	c.markFaulty(n)
	f.rng, f.related = c.place(n, f.path), c.anchored(n, nil)
	c.tell(f)
}

// unnamed is how many steps the server stops short of a value when it names the
// field: of labels it names the map that holds them.
// = apimachinery/pkg/apis/meta/v1/validation.ValidateLabels
func unnamed(t *table.Type, at site) int {
	if t.Name == "LabelValue" && at.field == nil && !at.item {
		return 1
	}
	return 0
}

// when is the condition of the rule in hand, to be added to a sentence.
func (c *checker) when(why string) string {
	for i := len(c.why) - 1; why == "" && i >= 0; i-- {
		why = c.why[i]
	}
	if why == "" {
		return ""
	}
	return " when " + why
}

// override is the schema's own sentence and rule for a field, or the given ones.
func override(f *table.Field, rule, message string) (string, string) {
	if f == nil {
		return rule, message
	}
	if f.RuleID != "" {
		rule = f.RuleID
	}
	if f.Message != "" {
		message = f.Message
	}
	return rule, message
}

// subject names a value in a sentence: image, args[1], labels.app.
func (c *checker) subject(n *manifest.Node, at site) string {
	path := c.pathOf(n)
	if at.field == nil && at.key != nil && !at.item && len(path) > 1 && !path[len(path)-2].IsIndex() {
		return path[len(path)-2:].String()
	}
	return nameOf(path)
}

// wrongValue tells why a scalar has not the form that it comes nearest to. A
// sentence is a claim, then the condition under which it is made, then what was
// found instead.
func (c *checker) wrongValue(t *table.Type, s *table.Scalar, why misfit, n *manifest.Node, at site) {
	if c.hushed() {
		return
	}
	name := c.subject(n, at)
	rule, claim, instead := "value", "", ", not "+quoted(n)
	switch why {
	case notListed, noMatch:
		claim, instead = c.otherForm(t, s, n, name)
	case notYet:
		claim, instead = c.notYet(t, n, name), ""
	case excluded:
		claim, instead = fmt.Sprintf("%s must not be %s", name, quoted(n)), ""
	case tooShort:
		claim = fmt.Sprintf("%s must have at least %d characters", name, s.MinRunes)
	case tooLong:
		claim, instead = fmt.Sprintf("%s has %d characters, and at most %d are allowed", name, runes(n.Text), s.MaxRunes), ""
	case tooLow, tooHigh:
		claim = fmt.Sprintf("%s must be %s", name, allowedRange(s, why))
	case badBound:
		rule, claim, instead = c.badBound(s, n, name)
	default:
		claim, instead = fmt.Sprintf("%s cannot be %s", name, quoted(n)), ""
	}
	if n.Kind == manifest.String && n.Text == "" && why != excluded {
		claim, instead = name+" must not be empty", ""
	}
	rule, message := override(at.field, rule, claim+c.when("")+instead)
	c.blameFor(n, fault{rule: rule, message: message, unnamed: unnamed(t, at)})
}

// otherForm names what a value may be: the listed values, if they are few, what
// the schema says in words of the other forms, and what may have been meant.
func (c *checker) otherForm(t *table.Type, s *table.Scalar, n *manifest.Node, name string) (claim, instead string) {
	var values []string
	general := false
	for i := range t.Scalars {
		general = general || t.Scalars[i].Values == nil
		for _, v := range t.Scalars[i].Values {
			if c.stageOf(t, v) == table.Works {
				values = append(values, v)
			}
		}
	}
	hint := ""
	if best, ok := closest(n.Text, values); ok && len(values) > 1 {
		hint = fmt.Sprintf(" (did you mean %s?)", best)
	} else if better, ok := c.tidied(t, n); ok {
		hint = fmt.Sprintf(" (did you mean %q?)", better)
	}
	instead = ", not " + quoted(n) + hint
	const few = 12
	switch {
	case general && t.Is != "" && len(values) > 0 && !strings.Contains(t.Is, values[0]):
		return fmt.Sprintf("%s %s must be %s or %s", name, quoted(n), strings.Join(values, ", "), t.Is), hint
	case general && t.Is != "":
		return fmt.Sprintf("%s %s must be %s", name, quoted(n), t.Is), hint
	case general:
		return c.unlike(s, n, name) + hint, ""
	case len(values) > few:
		return fmt.Sprintf("%s must be one of its %d values", name, len(values)), instead
	case len(values) == 0:
		return name + " has no value that it can have", instead
	}
	return fmt.Sprintf("%s must be %s", name, oneOf(values)), instead
}

// unlike names the pattern that a text fails, for want of better words.
func (c *checker) unlike(s *table.Scalar, n *manifest.Node, name string) string {
	for _, p := range s.Patterns {
		if c.set.matches(p.Expr, n.Text) == p.Not {
			word := "must match"
			if p.Not {
				word = "must not match"
			}
			return fmt.Sprintf("%s %s %s %s", name, quoted(n), word, c.tab.Patterns[p.Expr])
		}
	}
	return fmt.Sprintf("%s cannot be %s", name, quoted(n))
}

// tidied is a name in the form that names usually have, if that would fit.
func (c *checker) tidied(t *table.Type, n *manifest.Node) (string, bool) {
	s := strings.Trim(strings.ToLower(strings.NewReplacer("_", "-", " ", "-").Replace(n.Text)), "-.")
	if s == n.Text || s == "" || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-.") != "" {
		return "", false
	}
	return s, c.accepts(t, &manifest.Node{Kind: manifest.String, Text: s})
}

// notYet tells that a value belongs to a later minor or to a gate.
func (c *checker) notYet(t *table.Type, n *manifest.Node, name string) string {
	for i := range t.Values {
		s := &t.Values[i].Since
		switch {
		case t.Values[i].Value != n.Text:
			continue
		case c.opt.Minor < int(s.Added):
			return fmt.Sprintf("%s %s came with Kubernetes 1.%d", name, quoted(n), s.Added)
		case s.Removed != 0 && c.opt.Minor >= int(s.Removed):
			return fmt.Sprintf("%s %s went with Kubernetes 1.%d", name, quoted(n), s.Removed)
		}
		return fmt.Sprintf("%s %s needs the feature gate %s, which is off", name, quoted(n), s.Gate)
	}
	return fmt.Sprintf("%s cannot be %s", name, quoted(n))
}

// badBound tells which comparison with another field fails.
func (c *checker) badBound(s *table.Scalar, n *manifest.Node, name string) (rule, claim, instead string) {
	for i := range s.Bounds {
		b := &s.Bounds[i]
		if c.bound(b, n) {
			continue
		}
		switch {
		case b.Op == table.In:
			return "reference", c.noSuch(b, n, name), ""
		case b.To.Kind == table.Collect:
			return "value", fmt.Sprintf("%s %s is also in %s", name, quoted(n), sourceOf(&b.To)), ""
		case b.Op == table.Ne:
			return "value", fmt.Sprintf("%s must not be %s, as %s is", name, quoted(n), lastOf(&b.To)), ""
		}
		return "value", fmt.Sprintf("%s must be %s", name, c.boundInWords(b)), ", not " + quoted(n)
	}
	return "value", fmt.Sprintf("%s cannot be %s", name, quoted(n)), ""
}

// boundInWords says what a comparison demands: "above minReadySeconds, which is
// 20".
func (c *checker) boundInWords(b *table.Bound) string {
	to := c.term(&b.To, c.frames)
	word := map[table.Op]string{
		table.Lt: "below", table.Le: "at most", table.Gt: "above", table.Ge: "at least",
	}[b.Op]
	if b.Op == table.Eq {
		return fmt.Sprintf("%s like %s", to.text, lastOf(&b.To))
	}
	return fmt.Sprintf("%s %s, which is %s", word, lastOf(&b.To), to.text)
}

// noSuch tells that nothing has the name that is referred to.
func (c *checker) noSuch(b *table.Bound, n *manifest.Node, name string) string {
	var names []string
	c.collect(&b.To, c.frames, func(r result) bool {
		if !slices.Contains(names, r.text) {
			names = append(names, r.text)
		}
		return len(names) < 50
	})
	source := sourceOf(&b.To)
	if len(names) == 0 {
		return fmt.Sprintf("%s %s refers to nothing: there are no %s that it can name", name, quoted(n), source)
	}
	if best, ok := closest(n.Text, names); ok {
		return fmt.Sprintf("%s %s is not in %s (did you mean %s?)", name, quoted(n), source, best)
	}
	if len(names) > 6 {
		return fmt.Sprintf("%s %s is not in %s", name, quoted(n), source)
	}
	return fmt.Sprintf("%s %s is not in %s, which has %s", name, quoted(n), source, list(names, "and"))
}
