package compile

import (
	"slices"
	"sort"
	"strings"

	"github.com/rollcast/rollcast/schema/table"
)

// byName are definitions that package schema looks up by their names, although
// no kind refers to them.
var byName = []string{"#AnywhereMetadata", "#CustomMetadata", "#ClusterCustomMetadata"}

// emitKinds puts each definition with a concrete apiVersion and kind into the
// table, and with it what it refers to.
func (c *compiler) emitKinds(e Evaluator) {
	for _, name := range byName {
		if d := c.defs[name]; d != nil {
			c.emit(&node{ref: d}, nil, place{}, "")
		}
	}
	for _, name := range c.definitions() {
		apiVersion, kind := "", ""
		fields, _ := e.Fields(name)
		for _, f := range fields {
			if f.Presence != table.Required || f.Default == nil {
				continue
			}
			switch f.Name {
			case "apiVersion":
				apiVersion = f.Default.Text
			case "kind":
				kind = f.Default.Text
			}
		}
		if apiVersion == "" || kind == "" {
			continue
		}
		d := c.defs[name]
		id := c.emit(&node{ref: d}, nil, place{}, "")
		c.table.Kinds = append(c.table.Kinds, table.Kind{APIVersion: apiVersion, Kind: kind, Type: id})
	}
	sort.Slice(c.table.Kinds, func(i, j int) bool {
		a, b := c.table.Kinds[i], c.table.Kinds[j]
		return a.APIVersion < b.APIVersion || a.APIVersion == b.APIVersion && a.Kind < b.Kind
	})
}

// emit gives a node its id. base is the complete type of the same value where
// the node only adds to it under a condition, and nil where it is complete.
func (c *compiler) emit(n, base *node, at place, path string) table.ID {
	if n.free() && len(n.forms) == 0 {
		return 0
	}
	if n.ref != nil {
		if base != nil {
			return c.emitAddition(n, base, at, path)
		}
		d := n.ref
		for d.node == nil || d.node.ref != nil {
			c.spend(1)
			if d.node == nil {
				c.define(d)
			} else {
				d = d.node.ref
			}
		}
		if !d.has {
			d.has, d.id = true, c.reserve(strings.TrimPrefix(d.name, "#"))
			c.table.Types[d.id] = c.typeOf(d.node, nil, place{}, c.names[d.id])
		}
		return d.id
	}
	t := c.typeOf(n, base, at, path)
	if base != nil && saysNothing(&t) && (t.Any || c.onlyMapping(base)) {
		return 0
	}
	key := render(t)
	if id, ok := c.byKey[key]; ok {
		return id
	}
	id := c.reserve(path)
	c.table.Types[id] = t
	c.byKey[key] = id
	return id
}

// saysNothing reports whether a type that a rule adds limits nothing: all that it
// says has been said by hoist.
func saysNothing(t *table.Type) bool {
	if t.Any {
		return len(t.Checks) == 0
	}
	if t.List != nil && t.Map == nil && len(t.Scalars) == 0 {
		return false // at least the kind
	}
	s := t.Map
	if s == nil || len(s.Rules) > 0 || len(s.Keys) > 0 || s.MinFields > 0 || s.MaxFields >= 0 || len(t.Checks) > 0 {
		return false
	}
	for i := range s.Fields {
		if f := &s.Fields[i]; f.Type != 0 || f.Presence == table.Required || len(f.Checks) > 0 {
			return false
		}
	}
	return true
}

// onlyMapping reports whether nothing but a mapping is of the type.
func (c *compiler) onlyMapping(n *node) bool {
	n = c.expand(n)
	return n.st != nil && !n.any && len(n.forms) == 0 && n.list == nil
}

// emitAddition puts a definition that adds to base. One that base is already
// adds nothing; scalars are the same everywhere.
func (c *compiler) emitAddition(n, base *node, at place, path string) table.ID {
	if base.ref == n.ref {
		return 0
	}
	x := c.expand(n)
	if x.st == nil && x.list == nil {
		return c.emit(n, nil, at, path)
	}
	if len(at.around) > 30 {
		c.errorAt(x.st.pos, "%s contains itself, which a condition may not add", n.ref.name)
		return 0
	}
	if x.st != nil && !x.st.open {
		c.errorAt(x.st.pos, "%s is used in a condition or in matchN and closes what it is joined with: write ... in it", n.ref.name)
	}
	return c.emit(x, base, at, path)
}

func (c *compiler) reserve(name string) table.ID {
	if len(c.table.Types) > 65000 {
		panic(tooMuch{})
	}
	if c.steps > 0 { // a house's types need no names
		c.spend(10)
		c.names = append(c.names, name)
		c.table.Types = append(c.table.Types, table.Type{})
		return table.ID(len(c.table.Types) - 1)
	}
	unique := name
	for i := 2; slices.Contains(c.names, unique); i++ {
		unique = name + "_" + string(rune('0'+i/10)) + string(rune('0'+i%10))
	}
	c.names = append(c.names, unique)
	c.table.Types = append(c.table.Types, table.Type{})
	return table.ID(len(c.table.Types) - 1)
}

func (c *compiler) typeOf(n, base *node, at place, path string) table.Type {
	t := table.Type{Name: n.name, Is: n.is, Any: n.any, Checks: n.checks, Values: n.values}
	if !n.any {
		t.Scalars = c.settle(n.forms)
	}
	for i := range t.Scalars {
		s := &t.Scalars[i]
		s.Bounds = slices.Clone(s.Bounds)
		for j := range s.Bounds {
			s.Bounds[j].To = c.resolver(at, at.pos()).term(s.Bounds[j].To)
		}
		s.Bounds = distinctBounds(s.Bounds)
	}
	var baseList *node
	if base != nil {
		b := c.expand(base)
		if b.list != nil {
			baseList = b.list.elem
		} else if n.list != nil {
			baseList = anything()
		}
	}
	if n.list != nil {
		t.List = &table.List{Min: n.list.min, Max: n.list.max, Elem: c.emit(n.list.elem, baseList, at, path+"_item")}
	}
	if n.st != nil {
		t.Map = c.structOf(n.st, base, at, path)
	}
	return t
}

// distinctBounds drops the bounds that a twice joined definition has given twice.
func distinctBounds(bounds []table.Bound) []table.Bound {
	var out []table.Bound
	for _, b := range bounds {
		if !slices.ContainsFunc(out, func(o table.Bound) bool { return renderAny(o) == renderAny(b) }) {
			out = append(out, b)
		}
	}
	return out
}
