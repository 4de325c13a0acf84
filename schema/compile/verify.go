package compile

import (
	"sort"

	"cuelang.org/go/cue"

	"github.com/rollcast/rollcast/schema/table"
)

// verify asks CUE's evaluator about every definition that is in the table: which
// fields it has, which of them are required, and what their defaults are. A
// difference is a fault of this package, and no table is made.
func (c *compiler) verify() {
	var names []string
	for name, d := range c.defs {
		if d.has {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	for _, name := range names {
		c.verifyFields(name, c.value.LookupPath(cue.MakePath(cue.Def(name))), c.expand(c.defs[name].node))
	}
}

func (c *compiler) verifyFields(name string, v cue.Value, n *node) {
	if n.st == nil || len(n.forms) > 0 || n.list != nil {
		return
	}
	at := c.defs[name].decls[0]
	it, err := v.Fields(cue.Optional(true))
	if err != nil {
		return // a condition on an absent list or the like leaves CUE undecided
	}
	seen := map[string]bool{}
	for it.Next() {
		sel := it.Selector()
		if sel.LabelType() != cue.StringLabel || sel.ConstraintType() == cue.PatternConstraint {
			continue
		}
		key := sel.Unquoted()
		seen[key] = true
		f := n.st.fields[key]
		if f == nil || f.implied {
			c.errorf(at, "for CUE %s has the field %s, for the table it has not", name, key)
			continue
		}
		presence := table.Filled
		switch {
		case sel.ConstraintType()&cue.OptionalConstraint != 0:
			presence = table.Optional
		case sel.ConstraintType()&cue.RequiredConstraint != 0:
			presence = table.Required
		}
		if f.Presence != presence && !f.conditional { // for CUE a condition on absent fields may hold already
			c.errorAt(f.pos, "CUE and the table differ on whether %s of %s may be absent", key, name)
		}
		c.verifyDefault(name, f, it.Value())
	}
	for key, f := range n.st.fields {
		if !f.implied && !seen[key] && !c.expand(f.typ).forbids() {
			c.errorAt(f.pos, "for the table %s has the field %s, for CUE it has not", name, key)
		}
	}
}

// verifyDefault compares the default of a field that no condition fills in.
func (c *compiler) verifyDefault(name string, f *field, v cue.Value) {
	if f.Presence != table.Filled || f.conditional {
		return
	}
	want := c.preset(f.typ)
	d, _ := v.Default()
	got := ""
	switch d.Kind() {
	case cue.StringKind:
		got, _ = d.String()
	case cue.IntKind, cue.BoolKind:
		b, err := d.MarshalJSON()
		if err != nil {
			return
		}
		got = string(b)
	default:
		if want != nil && want.Kind != table.ListValue {
			c.errorAt(f.pos, "for the table the default of %s of %s is %q, for CUE there is none", f.Name, name, want.Text)
		}
		return
	}
	if want == nil || want.Text != got {
		c.errorAt(f.pos, "for CUE the default of %s of %s is %q, for the table it is another", f.Name, name, got)
	}
}
