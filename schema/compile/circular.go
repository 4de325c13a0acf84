package compile

import (
	"slices"
	"strings"

	"github.com/rollcast/rollcast/schema/table"
)

// circular refuses a condition that asks whether a field is there and then
// limits it. For CUE a field that breaks the limit is not there, so that the
// condition does not hold and the limit is never applied.
//
//	if ports != _|_ if len(ports) > 1 {ports?: [...{name!: _}]}   // no error, ever
func (c *compiler) circular(r *rule, when *table.Cond) {
	for _, tested := range presenceTests(when) {
		for _, limited := range limits(c, r.then, nil, 0) {
			n := min(len(tested), len(limited))
			if slices.Equal(tested[:n], limited[:n]) {
				c.errorAt(r.pos, "the condition asks whether %s is there and its body limits %s: for CUE the condition is false where the limit is broken",
					strings.Join(tested, "."), strings.Join(limited, "."))
			}
		}
	}
}

// presenceTests are the paths in the rule's own mapping that a condition asks
// for. A test inside a collection asks for the same field as often as it likes.
func presenceTests(x *table.Cond) [][]string {
	var out [][]string
	if x.Op == table.Present && x.X.Kind == table.Ref && x.X.Up == 0 {
		out = append(out, x.X.Path)
	}
	for _, o := range x.Of {
		out = append(out, presenceTests(o)...)
	}
	return out
}

// limits are the paths of the fields that a body can find fault with.
func limits(c *compiler, n *node, at []string, depth int) [][]string {
	if n.ref != nil {
		n = c.expand(n)
	}
	if depth > 10 || n.any {
		return nil
	}
	if n.list != nil && n.st == nil && len(n.forms) == 0 {
		if inner := limits(c, n.list.elem, at, depth+1); len(inner) > 0 || n.list.elem.any && n.list.min == 0 && n.list.max < 0 {
			return inner
		}
		return [][]string{at}
	}
	if n.st == nil || len(n.forms) > 0 {
		return [][]string{at}
	}
	var out [][]string
	for _, name := range n.st.order {
		f := n.st.fields[name]
		if f.implied {
			continue
		}
		path := append(slices.Clone(at), name)
		if f.Presence == table.Required {
			out = append(out, path)
		}
		out = append(out, limits(c, f.typ, path, depth+1)...)
	}
	if n.st.min > 0 || n.st.max >= 0 || len(n.st.keys) > 0 {
		out = append(out, at)
	}
	return out
}
