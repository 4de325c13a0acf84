package schema

import (
	"fmt"
	"strings"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema/table"
)

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
	name := c.within(n) + f.Name
	asked := f.Name
	// "generateName is required when name is not set" asks for one of the two.
	if other, ok := strings.CutSuffix(why, " is not set"); ok && !strings.Contains(other, " ") {
		name, why, asked = other+" or "+f.Name, "", other
		c.markMissing(n, other)
	}
	message := fmt.Sprintf("%s needs the field %s%s", nameOf(path), name, c.when(why))
	told := fault{path: path, rng: c.keyPlace(parent, path)}
	if zero := n.Get(asked); zero != nil && zero.Kind != manifest.Null { // it is there, and counts as absent
		told.path = path.Append(manifest.Key(asked))
		told.rng = c.nodeRange(zero)
		message = fmt.Sprintf("%s must not be %s%s", nameOf(told.path), zeroInWords(zero), c.when(why))
	}
	told.rule, told.message = override(f, "required", message)
	c.tell(told)
}

func zeroInWords(zero *manifest.Node) string {
	if zero.Text == "" {
		return "empty"
	}
	return zero.Text
}

// within leads from the nearest mapping that is written to one that only the
// schema wants: "annotations." where metadata has none. It is "" for a mapping
// that is written.
func (c *checker) within(n *manifest.Node) string {
	path := ""
	for i := len(c.frames) - 1; n == emptyMapping && i > 0 && c.frames[i].node == emptyMapping; i-- {
		outer := c.frames[i-1].typ
		if outer == nil {
			break
		}
		for j := range outer.Fields {
			if c.tab.Types[outer.Fields[j].Type].Map == c.frames[i].typ {
				path = outer.Fields[j].Name + "." + path
				break
			}
		}
	}
	return path
}

// filledWrongly tells that what the server fills in for an absent field breaks a
// rule. Where that is a comparison, the other field is pointed at: it is the one
// that was written.
func (c *checker) filledWrongly(t *table.Type, f *table.Field, v *table.Value, n *manifest.Node, why string) {
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
	rng := c.keyPlace(parent, path)
	text := v.Text
	if text == "" {
		text = "empty"
	}
	message := fmt.Sprintf("%s is %s when it is not set, and cannot be that%s", f.Name, text, c.when(why))
	if b := c.brokenBound(t, v); b != nil {
		message = fmt.Sprintf("%s is %s when it is not set, and must be %s", f.Name, text, c.boundInWords(b))
		if to := c.term(&b.To, c.frames); to.node != nil && to.node != emptyMapping {
			rng = c.place(to.node, c.pathOf(to.node))
		}
	}
	rule, message := override(f, "value", message)
	c.tell(fault{rule: rule, message: message, path: path, rng: rng})
}

// brokenBound is the comparison that a constant fails, or nil.
func (c *checker) brokenBound(t *table.Type, v *table.Value) *table.Bound {
	s := constant(v)
	n := &manifest.Node{Kind: s.kind, Text: s.text}
	for i := range t.Scalars {
		for j := range t.Scalars[i].Bounds {
			b := &t.Scalars[i].Bounds[j]
			if b.To.Kind != table.Collect && b.Op != table.In && !c.bound(b, n) {
				return b
			}
		}
	}
	return nil
}

// forbidden tells that a field may not be there, at its key.
func (c *checker) forbidden(f *table.Field, n *manifest.Node, at site, why string) {
	if c.isFaulty(n) {
		c.doubt()
		return
	}
	if n == emptyMapping || c.hushed() {
		return // nobody wrote an empty mapping that the server fills in
	}
	c.markFaulty(n)
	path := c.pathOf(n)
	rule, message := override(f, "value", f.Name+" cannot be set"+c.when(why))
	rng := c.doc.KeyRange(path)
	if at.key != nil {
		rng = c.nodeRange(at.key)
	}
	c.tell(fault{rule: rule, message: message, path: path, rng: rng, related: c.anchored(n, nil)})
}

// length judges the number of items.
func (c *checker) length(l *table.List, n *manifest.Node, at site) {
	count := len(n.Items)
	if count >= l.Min && (l.Max < 0 || count <= l.Max) || c.hushed() {
		return
	}
	name := c.subject(n, at)
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
	rule, message := override(at.field, "value", message+c.when(""))
	c.blame(n, rule, message, nil)
}

// size judges the number of keys.
func (c *checker) size(st *table.Struct, n *manifest.Node, count int) {
	if count >= st.MinFields && (st.MaxFields < 0 || count <= st.MaxFields) || c.hushed() {
		return
	}
	parent := c.real(n)
	path := c.pathOf(parent)
	name := nameOf(path)
	var message string
	switch {
	case st.MaxFields == 0:
		message = name + " must be empty"
	case count < st.MinFields && st.MinFields == 1:
		message = name + " must not be empty"
	case count < st.MinFields:
		message = fmt.Sprintf("%s has %d keys and needs at least %d", name, count, st.MinFields)
	default:
		message = fmt.Sprintf("%s has %d keys, and at most %d are allowed", name, count, st.MaxFields)
	}
	c.tell(fault{rule: "value", message: message + c.when(""), path: path, rng: c.keyPlace(parent, path)})
}
