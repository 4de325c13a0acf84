package schema

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema/table"
)

// blame tells a fault of a value. message and rule give way to what the schema
// says for the field; own is false where the fault is so basic that they would
// not fit.
func (c *checker) blame(n *manifest.Node, at site, rule, message string, fix *finding.Fix) {
	if c.hushed() {
		return
	}
	path := c.pathOf(n)
	f := fault{rule: rule, message: message, path: path, rng: c.place(n, path), fix: fix}
	f.related = c.anchored(n, nil)
	c.markFaulty(n)
	c.tell(f)
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

// override is the schema's own sentence for a field, or the given one.
func override(at site, rule, message string) (string, string) {
	if at.field == nil {
		return rule, message
	}
	if at.field.RuleID != "" {
		rule = at.field.RuleID
	}
	if at.field.Message != "" {
		message = at.field.Message
	}
	return rule, message
}

// wrongValue tells why a scalar has not the form that it comes nearest to.
func (c *checker) wrongValue(t *table.Type, s *table.Scalar, why misfit, n *manifest.Node, at site) {
	if c.hushed() {
		return
	}
	name := nameOf(c.pathOf(n))
	rule, message := "value", ""
	switch why {
	case notListed:
		message = c.notListed(t, n, name)
	case notYet:
		message = c.notYet(t, n, name)
	case excluded:
		message = fmt.Sprintf("%s must not be %s", name, quoted(n))
	case tooShort:
		message = name + " must not be empty"
		if s.MinRunes > 1 {
			message = fmt.Sprintf("%s %s must have at least %d characters", name, quoted(n), s.MinRunes)
		}
	case tooLong:
		message = fmt.Sprintf("%s has %d characters, and at most %d are allowed", name, runes(n.Text), s.MaxRunes)
	case tooLow, tooHigh:
		message = fmt.Sprintf("%s must be %s, not %s", name, limits(s), n.Text)
	case noMatch:
		message = c.noMatch(t, s, n, name)
	case badBound:
		rule, message = c.badBound(s, n, name)
	default:
		message = fmt.Sprintf("%s cannot be %s", name, quoted(n))
	}
	if n.Kind == manifest.String && n.Text == "" && why != excluded {
		message = name + " must not be empty"
	}
	message += c.when("")
	rule, message = override(at, rule, message)
	c.blame(n, at, rule, message, nil)
}

// limits says between which numbers a value must be.
func limits(s *table.Scalar) string {
	lo, hi := s.Min, s.Max
	if lo != nil && (lo.N == math.MinInt32 || lo.N == math.MinInt64) {
		lo = nil
	}
	if hi != nil && lo != nil && (hi.N == math.MaxInt32 || hi.N == math.MaxInt64) {
		hi = nil
	}
	switch {
	case lo != nil && hi != nil && !lo.Open && !hi.Open:
		return fmt.Sprintf("between %d and %d", lo.N, hi.N)
	case lo != nil && lo.Open:
		return fmt.Sprintf("above %d", lo.N)
	case lo != nil:
		return fmt.Sprintf("at least %d", lo.N)
	case hi != nil && hi.Open:
		return fmt.Sprintf("below %d", hi.N)
	case s.Max != nil:
		return fmt.Sprintf("at most %d", s.Max.N)
	case s.Min != nil:
		return fmt.Sprintf("at least %d", s.Min.N)
	}
	return "another number"
}

// notListed names the values that are allowed, if they are few, and the one
// that may have been meant.
func (c *checker) notListed(t *table.Type, n *manifest.Node, name string) string {
	var values []string
	general := false
	for i := range t.Scalars {
		s := &t.Scalars[i]
		general = general || s.Values == nil
		for _, v := range s.Values {
			if c.stageOf(t, v) == table.Works {
				values = append(values, v)
			}
		}
	}
	if general || len(values) > 12 || len(values) == 0 {
		if t.Is != "" {
			return fmt.Sprintf("%s %s must be %s", name, quoted(n), t.Is)
		}
		if len(values) == 0 || general {
			return fmt.Sprintf("%s cannot be %s", name, quoted(n))
		}
	}
	hint := ""
	if best, ok := closest(n.Text, values); ok && len(values) > 1 {
		hint = fmt.Sprintf(" (did you mean %s?)", best)
	}
	if len(values) > 12 {
		return fmt.Sprintf("%s %s is not one of its %d values%s", name, quoted(n), len(values), hint)
	}
	return fmt.Sprintf("%s must be %s, not %s%s", name, oneOf(values), quoted(n), hint)
}

func (c *checker) notYet(t *table.Type, n *manifest.Node, name string) string {
	for i := range t.Values {
		s := &t.Values[i].Since
		if t.Values[i].Value != n.Text {
			continue
		}
		if c.opt.Minor < int(s.Added) {
			return fmt.Sprintf("%s %s is not known before Kubernetes 1.%d", name, quoted(n), s.Added)
		}
		if s.Removed != 0 && c.opt.Minor >= int(s.Removed) {
			return fmt.Sprintf("%s %s is no longer known since Kubernetes 1.%d", name, quoted(n), s.Removed)
		}
		return fmt.Sprintf("%s %s needs the feature gate %s", name, quoted(n), s.Gate)
	}
	return fmt.Sprintf("%s cannot be %s", name, quoted(n))
}

func (c *checker) noMatch(t *table.Type, s *table.Scalar, n *manifest.Node, name string) string {
	if t.Is != "" {
		hint := ""
		if better, ok := c.tidied(t, n); ok {
			hint = fmt.Sprintf(" (did you mean %q?)", better)
		}
		return fmt.Sprintf("%s %s must be %s%s", name, quoted(n), t.Is, hint)
	}
	for _, p := range s.Patterns {
		if c.set.matches(p.Expr, n.Text) == p.Not {
			word := "does not match"
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
	if s == n.Text || s == "" {
		return "", false
	}
	return s, c.accepts(t, &manifest.Node{Kind: manifest.String, Text: s})
}

// badBound tells which comparison with other fields fails.
func (c *checker) badBound(s *table.Scalar, n *manifest.Node, name string) (rule, message string) {
	for i := range s.Bounds {
		b := &s.Bounds[i]
		if c.bound(b, n) {
			continue
		}
		switch b.Op {
		case table.In:
			return "reference", c.noSuch(b, n, name)
		case table.Ne:
			if b.To.Kind == table.Collect {
				return "value", fmt.Sprintf("%s %s is also in %s", name, quoted(n), sourceOf(&b.To))
			}
			return "value", fmt.Sprintf("%s must not be %s", name, quoted(n))
		}
		to := c.term(&b.To, c.frames)
		word := map[table.Op]string{
			table.Eq: "equal to", table.Lt: "below", table.Le: "at most", table.Gt: "above", table.Ge: "at least",
		}[b.Op]
		return "value", fmt.Sprintf("%s must be %s %s, which is %s, not %s", name, word, lastOf(&b.To), to.text, n.Text)
	}
	return "value", fmt.Sprintf("%s cannot be %s", name, quoted(n))
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

// sourceOf names the list that a collection starts from.
func sourceOf(t *table.Term) string {
	for _, l := range t.Loops {
		for _, k := range l.Clauses {
			if k.For != nil && k.For.Kind == table.Ref {
				return strings.Join(k.For.Path, ".")
			}
		}
	}
	return lastOf(t)
}

func lastOf(t *table.Term) string {
	if len(t.Path) > 0 {
		return t.Path[len(t.Path)-1]
	}
	return "the other value"
}

// quoted shows a scalar as it is, strings in quotes and long ones cut.
func quoted(n *manifest.Node) string {
	if n.Kind != manifest.String {
		return n.Text
	}
	return quote(n.Text)
}

func quote(s string) string {
	const long = 60
	if runes(s) > long {
		s = string([]rune(s)[:long-1]) + "…"
	}
	return strconv.Quote(s)
}

// oneOf joins alternatives: Always, IfNotPresent or Never.
func oneOf(values []string) string {
	shown := make([]string, len(values))
	for i, v := range values {
		if shown[i] = v; v == "" {
			shown[i] = "empty"
		}
	}
	return list(shown, "or")
}

func list(items []string, word string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	return strings.Join(items[:len(items)-1], ", ") + " " + word + " " + items[len(items)-1]
}

// required tells that a field is missing, at the mapping that lacks it.
func (c *checker) required(f *table.Field, n *manifest.Node, why string) {
	if c.missing[missingField{n, f.Name}] {
		c.doubt()
		return
	}
	if c.hushed() {
		return
	}
	c.markMissing(n, f.Name)
	parent := c.real(n)
	path := c.pathOf(parent)
	message := f.Name + " is required"
	if len(path) > 0 {
		message += " in " + nameOf(path)
	}
	message += c.when(why)
	rule, message := override(site{field: f}, "required", message)
	c.tell(fault{rule: rule, message: message, path: path, rng: c.keyPlace(parent, path)})
}

// filledWrongly tells that what the server fills in breaks a rule.
func (c *checker) filledWrongly(f *table.Field, v *table.Value, n *manifest.Node, why string) {
	if c.missing[missingField{n, f.Name}] {
		c.doubt()
		return
	}
	if c.hushed() {
		return
	}
	c.markMissing(n, f.Name)
	parent := c.real(n)
	path := c.pathOf(parent)
	text := v.Text
	if text == "" {
		text = "empty"
	}
	message := fmt.Sprintf("%s is %s when it is not set, and cannot be that%s", f.Name, text, c.when(why))
	if c.when(why) == "" {
		message = fmt.Sprintf("%s is %s when it is not set, which does not fit the other fields", f.Name, text)
	}
	rule, message := override(site{field: f}, "value", message)
	c.tell(fault{rule: rule, message: message, path: path, rng: c.keyPlace(parent, path)})
}

// forbidden tells that a field may not be there, at its key.
func (c *checker) forbidden(f *table.Field, n *manifest.Node, at site, why string) {
	if c.isFaulty(n) {
		c.doubt()
		return
	}
	if c.hushed() {
		return
	}
	if n == emptyMapping {
		return // the server fills it in and then overlooks it: no schema says so
	}
	c.markFaulty(n)
	path := c.pathOf(n)
	rule, message := override(at, "value", f.Name+" cannot be set"+c.when(why))
	rng := c.doc.KeyRange(path)
	if at.key != nil {
		rng = c.nodeRange(at.key)
	}
	c.tell(fault{rule: rule, message: message, path: path, rng: rng, related: c.anchored(n, nil)})
}

// mismatch tells that too many or too few of a matchN hold.
func (c *checker) mismatch(r *table.Rule, n int) {
	if c.hushed() {
		return
	}
	fr := c.frames[len(c.frames)-1]
	parent := c.real(fr.node)
	path := c.pathOf(parent)
	f := fault{rule: "one-of", path: path, rng: c.keyPlace(parent, path)}
	if keys := r.Match.Keys; keys != nil {
		f.message, f.related = c.oneOfKeys(r.Match, fr, n)
	} else {
		f.rule = "value"
		f.message = fmt.Sprintf("%s holds a combination of fields that is not allowed", nameOf(path))
	}
	f.message += c.when("")
	if r.Message != "" {
		f.message = r.Message
	}
	if r.RuleID != "" {
		f.rule = r.RuleID
	}
	c.tell(f)
}

func (c *checker) oneOfKeys(m *table.Match, fr frame, n int) (string, []finding.Related) {
	var set []string
	var related []finding.Related
	for _, key := range m.Keys {
		if k := keyOf(fr.node, key); k != nil && !c.get(c.frames, key).absent() {
			set = append(set, key)
			related = append(related, c.related(k, key+" is here"))
		}
	}
	c.takeUnsure()
	shown := strings.Join(m.Keys, ", ")
	if len(m.Keys) > 8 {
		shown = strings.Join(m.Keys[:7], ", ") + " …"
	}
	switch {
	case n < m.Min && m.Max == m.Min && m.Min == 1:
		return "one of " + shown + " must be set", nil
	case n < m.Min:
		return fmt.Sprintf("at least %d of %s must be set", m.Min, shown), nil
	case m.Max == 0:
		return fmt.Sprintf("%s cannot be set", list(set, "and")), related
	case m.Max == 1:
		verb := "are"
		return fmt.Sprintf("only one of %s may be set (%s %s)", shown, list(set, "and"), verb), related
	}
	return fmt.Sprintf("at most %d of %s may be set (%s are)", m.Max, shown, list(set, "and")), related
}

// length judges the number of items.
func (c *checker) length(l *table.List, n *manifest.Node, at site) {
	count := len(n.Items)
	if count >= l.Min && (l.Max < 0 || count <= l.Max) {
		return
	}
	if c.hushed() {
		return
	}
	name := nameOf(c.pathOf(n))
	var message string
	switch {
	case l.Max == 0:
		message = name + " must be empty"
	case count < l.Min && l.Min == 1:
		message = name + " must not be empty"
	case count < l.Min:
		message = fmt.Sprintf("%s has %d items and needs at least %d", name, count, l.Min)
	default:
		message = fmt.Sprintf("%s has %d items, and at most %d are allowed", name, count, l.Max)
	}
	rule, message := override(at, "value", message+c.when(""))
	c.blame(n, at, rule, message, nil)
}

func (c *checker) tooFewKeys(st *table.Struct, n *manifest.Node) {
	if c.hushed() {
		return
	}
	parent := c.real(n)
	path := c.pathOf(parent)
	message := nameOf(path) + " must not be empty"
	if st.MinFields > 1 {
		message = fmt.Sprintf("%s needs at least %d keys", nameOf(path), st.MinFields)
	}
	c.tell(fault{rule: "value", message: message + c.when(""), path: path, rng: c.keyPlace(parent, path)})
}

func (c *checker) tooManyKeys(st *table.Struct, n *manifest.Node, count int) {
	if c.hushed() {
		return
	}
	path := c.pathOf(n)
	message := fmt.Sprintf("%s has %d keys, and at most %d are allowed", nameOf(path), count, st.MaxFields)
	c.tell(fault{rule: "value", message: message + c.when(""), path: path, rng: c.keyPlace(n, path)})
}

// computed judges a text that a rule makes of several fields.
func (c *checker) computed(r *table.Rule, v result) {
	t := &c.tab.Types[r.Must.Type]
	n := &manifest.Node{Kind: v.kind, Text: v.text}
	for i := range t.Scalars {
		if c.form(&t.Scalars[i], n) == fits {
			return
		}
	}
	if c.takeUnsure() || c.hushed() {
		return
	}
	node := v.node
	if node == nil {
		node = c.real(c.frames[len(c.frames)-1].node)
	}
	path := c.pathOf(node)
	f := fault{rule: "value", message: fmt.Sprintf("%s makes %s, which is not allowed", nameOf(path), quote(v.text)), path: path, rng: c.place(node, path)}
	c.tellRule(r, f)
}

// tellRule tells a fault with the schema's own sentence for the rule, if any.
func (c *checker) tellRule(r *table.Rule, f fault) {
	if r.Message != "" {
		f.message = r.Message
	}
	if r.RuleID != "" {
		f.rule = r.RuleID
	}
	c.tell(f)
}

// count tells that a collection has too many or too few values.
func (c *checker) count(r *table.Rule, n int, extra result) {
	if c.hushed() {
		return
	}
	node := extra.node
	if node == nil {
		node = c.real(c.frames[len(c.frames)-1].node)
	}
	path := c.pathOf(node)
	f := fault{rule: "value", path: path, rng: c.place(node, path)}
	f.message = fmt.Sprintf("%s has %d of what may be there %d times at most", sourceOf(&r.Must.Of), n, r.Must.Max)
	if n < r.Must.Min {
		f.message = fmt.Sprintf("%s has %d of what must be there %d times", sourceOf(&r.Must.Of), n, r.Must.Min)
	}
	c.tellRule(r, f)
}

// repeatedValue tells that a value occurs twice, at its second place.
func (c *checker) repeatedValue(r *table.Rule, first, second result) {
	if c.hushed() {
		return
	}
	node := second.node
	if node == nil || node == emptyMapping {
		node = c.real(c.frames[len(c.frames)-1].node)
	}
	path := c.pathOf(node)
	f := fault{rule: "duplicate", path: path, rng: c.place(node, path)}
	f.message = fmt.Sprintf("%s %s occurs twice", nameOf(path), quote(second.text))
	if first.node != nil && first.node != node {
		where := c.pathOf(first.node)
		f.message = fmt.Sprintf("%s %s is already at %s", nameOf(path), quote(second.text), where)
		f.related = append(f.related, finding.Related{File: c.doc.File, Range: c.place(first.node, where), Message: "the first one is here"})
	}
	c.tellRule(r, f)
}
