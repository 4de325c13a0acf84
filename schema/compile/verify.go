package compile

import (
	"sort"

	"github.com/rollcast/rollcast/schema/table"
)

// verify asks CUE's evaluator about every definition that is in the table: which
// fields it has, which of them are required, and what their defaults are. A
// difference is a fault of this package, and no table is made.
func (c *compiler) verify(e Evaluator) {
	var names []string
	for name, d := range c.defs {
		if d.has {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	for _, name := range names {
		c.verifyFields(e, name, c.expand(c.defs[name].node))
	}
}

func (c *compiler) verifyFields(e Evaluator, name string, n *node) {
	if n.st == nil || len(n.forms) > 0 || n.list != nil {
		return
	}
	at := c.defs[name].decls[0]
	theirs, ok := e.Fields(name)
	if !ok {
		return // a condition on an absent list or the like leaves CUE undecided
	}
	seen := map[string]bool{}
	for _, their := range theirs {
		seen[their.Name] = true
		f := n.st.fields[their.Name]
		if f == nil || f.implied {
			c.errorf(at, "for CUE %s has the field %s, for the table it has not", name, their.Name)
			continue
		}
		if f.Presence != their.Presence && !f.conditional { // for CUE a condition on absent fields may hold already
			c.errorAt(f.pos, "CUE and the table differ on whether %s of %s may be absent", their.Name, name)
		}
		c.verifyDefault(name, f, their.Default)
	}
	for key, f := range n.st.fields {
		if !f.implied && !seen[key] && !c.expand(f.typ).forbids() {
			c.errorAt(f.pos, "for the table %s has the field %s, for CUE it has not", name, key)
		}
	}
}

// verifyDefault compares the default of a field that no condition fills in.
func (c *compiler) verifyDefault(name string, f *field, theirs *table.Value) {
	if f.Presence != table.Filled || f.conditional {
		return
	}
	want := c.preset(f.typ)
	switch {
	case theirs == nil && want != nil && want.Kind != table.ListValue:
		c.errorAt(f.pos, "for the table the default of %s of %s is %q, for CUE there is none", f.Name, name, want.Text)
	case theirs != nil && (want == nil || want.Text != theirs.Text):
		c.errorAt(f.pos, "for CUE the default of %s of %s is %q, for the table it is another", f.Name, name, theirs.Text)
	}
}
