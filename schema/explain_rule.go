package schema

import (
	"fmt"
	"strings"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema/table"
)

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

// mismatch tells that too many or too few of a matchN hold.
func (c *checker) mismatch(r *table.Rule, n int) {
	if c.hushed() {
		return
	}
	fr := c.frames[len(c.frames)-1]
	parent := c.real(fr.node)
	path := c.pathOf(parent)
	f := fault{rule: "one-of", path: path, rng: c.keyPlace(parent, path)}
	keys := r.Match.Keys
	if keys == nil {
		keys = c.askedFor(r.Match)
	}
	if keys != nil {
		f.message, f.related = c.oneOfKeys(r.Match, keys, nameOf(path), fr, n)
	} else {
		f.rule = "value"
		f.message = fmt.Sprintf("%s holds a combination of fields that is not allowed", nameOf(path))
	}
	f.message += c.when("")
	c.tellRule(r, f)
}

// askedFor are the keys that the types of a matchN ask for, one each and no two
// the same; nil where they ask for more.
func (c *checker) askedFor(m *table.Match) []string {
	var keys []string
	for _, id := range m.Of {
		st := c.tab.Types[id].Map
		if st == nil {
			return nil
		}
		key := ""
		for i := range st.Fields {
			if f := &st.Fields[i]; f.Presence == table.Required {
				if key != "" {
					return nil
				}
				key = f.Name
			}
		}
		for _, k := range keys {
			if k == key {
				return nil
			}
		}
		if key == "" {
			return nil
		}
		keys = append(keys, key)
	}
	return keys
}

func (c *checker) oneOfKeys(m *table.Match, keys []string, name string, fr frame, n int) (string, []finding.Related) {
	var set []string
	var related []finding.Related
	for _, key := range keys {
		if k := keyOf(fr.node, key); k != nil && !c.get(c.frames, key).absent() {
			set = append(set, key)
			related = append(related, c.related(k, key+" is here"))
		}
	}
	c.takeUnsure()
	shown := strings.Join(keys, ", ")
	if len(keys) > 8 {
		shown = strings.Join(keys[:7], ", ") + " …"
	}
	switch {
	case n < m.Min && len(set) > 0:
		return fmt.Sprintf("%s needs a value in %s", name, oneOf(keys)), nil
	case n < m.Min && m.Min == 1:
		return fmt.Sprintf("%s needs %s", name, oneOf(keys)), nil
	case n < m.Min:
		return fmt.Sprintf("%s needs at least %d of %s", name, m.Min, shown), nil
	case m.Max == 0:
		return fmt.Sprintf("%s cannot be set together", list(set, "and")), related
	case m.Max == 1 && len(set) > 1:
		return fmt.Sprintf("only one of %s may be set (%s are)", shown, list(set, "and")), related
	case m.Max == 1:
		return fmt.Sprintf("only one of %s may be set", shown), related
	}
	return fmt.Sprintf("at most %d of %s may be set (%s are)", m.Max, shown, list(set, "and")), related
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
	message := fmt.Sprintf("%s makes %s, which is not allowed", nameOf(path), quote(v.text))
	c.tellRule(r, fault{rule: "value", message: message, path: path, rng: c.place(node, path)})
}

// count tells that a collection has too many or too few values.
func (c *checker) count(r *table.Rule, n int, extra result) {
	if c.hushed() {
		return
	}
	node := extra.node
	if node == nil || node == emptyMapping {
		node = c.real(c.frames[len(c.frames)-1].node)
	}
	path := c.pathOf(node)
	source := sourceOf(&r.Must.Of)
	message := fmt.Sprintf("%s may have %d such items, not %d", source, r.Must.Max, n)
	if n < r.Must.Min {
		message = fmt.Sprintf("%s needs %d such items, not %d", source, r.Must.Min, n)
	}
	c.tellRule(r, fault{rule: "value", message: message, path: path, rng: c.place(node, path)})
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
	if c.isRepeated(first.node, node, second.text) {
		return
	}
	what := nameOf(path) + " " + quote(second.text)
	if node.Kind != manifest.String || node.Text != second.text {
		what = nameOf(path) + " " + quoted(node) // one of several that are the same together
	}
	f := fault{rule: "duplicate", path: path, rng: c.place(node, path)}
	f.message = what + " occurs twice"
	if first.node != nil && first.node != node && first.node != emptyMapping {
		where := c.pathOf(first.node)
		f.message = fmt.Sprintf("%s is already at %s", what, where)
		f.related = append(f.related, finding.Related{File: c.doc.File, Range: c.place(first.node, where), Message: "the first one is here"})
	}
	c.tellRule(r, f)
}
