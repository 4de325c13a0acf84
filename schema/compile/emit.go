package compile

import (
	"maps"
	"slices"
	"sort"
	"strconv"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/token"

	"github.com/rollcast/rollcast/schema/table"
)

// emitKinds puts each definition with a concrete apiVersion and kind into the
// table, and with it what it refers to.
func (c *compiler) emitKinds() {
	for _, name := range c.definitions() {
		v := c.value.LookupPath(cue.MakePath(cue.Def(name)))
		apiVersion, ok1 := member(v, "apiVersion")
		kind, ok2 := member(v, "kind")
		if !ok1 || !ok2 {
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

// member is the concrete text of a definition's required field.
func member(v cue.Value, name string) (string, bool) {
	it, err := v.Fields(cue.Optional(true))
	if err != nil {
		return "", false
	}
	for it.Next() {
		if it.Selector().LabelType() == cue.StringLabel && it.Selector().Unquoted() == name && it.Selector().ConstraintType() == cue.RequiredConstraint {
			s, err := it.Value().String()
			return s, err == nil
		}
	}
	return "", false
}

// A place is where a type is put: the complete mappings around it, outermost
// first, in which the terms of its rules are looked up; what conditions add to
// each of them; and the fields that are known to be there, because a condition
// has tested for them.
type place struct {
	around []*structure
	added  [][]*structure
	carry  []*structure // what has been added to the mapping that is entered next
	known  map[string]bool
}

// pos is where the innermost mapping is written.
func (p place) pos() token.Pos {
	if len(p.around) == 0 {
		return token.NoPos
	}
	return p.around[len(p.around)-1].pos
}

// inside enters a mapping; addition is what a condition adds to it, or nil.
func (p place) inside(s, addition *structure) place {
	added := slices.Clone(p.carry)
	if addition != nil {
		added = append(added, addition)
	}
	return place{
		around: append(slices.Clone(p.around), s),
		added:  append(slices.Clone(p.added), added),
		known:  p.known,
	}
}

// outside leaves the innermost mapping, in order to enter it again.
func (p place) outside() place {
	n := len(p.around) - 1
	return place{around: p.around[:n], added: p.added[:n], carry: p.added[n], known: p.known}
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
		panic("the schema has too many types")
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

func (c *compiler) structOf(s *structure, base *node, at place, path string) *table.Struct {
	frame := s
	if base != nil {
		if b := c.expand(base); b.st != nil {
			frame = b.st
		}
	}
	var addition *structure
	if base != nil {
		addition = s
	}
	inside := at.inside(frame, addition)
	if base != nil { // what an addition demands or fills in is there for its rules
		inside.known = maps.Clone(at.known)
		if inside.known == nil {
			inside.known = map[string]bool{}
		}
		for name, f := range s.fields {
			if f.Presence != table.Optional {
				inside.known["f"+strconv.Itoa(len(at.around))+"."+name] = true
			}
		}
	}
	out := &table.Struct{Open: s.open || base != nil, MinFields: s.min, MaxFields: s.max}
	names := slices.Clone(s.order)
	sort.Strings(names)
	for _, name := range names {
		f := s.fields[name]
		var b *node
		if base != nil {
			if b = c.baseField(frame, f); b == nil {
				continue
			}
		} else if f.implied {
			c.errorAt(f.pos, "%s is known only under a condition: declare it outside, as %s?: _ if need be", name, name)
			continue
		}
		field, absent := c.fieldOf(s, f, b, inside, path+"_"+identifier(name))
		if base != nil {
			field.Place = uint8(frame.rank(name) + 1)
		}
		if absent {
			out.Absent = append(out.Absent, uint8(len(out.Fields)))
		}
		out.Fields = append(out.Fields, field)
	}
	for _, k := range s.keys {
		var b *node
		if base != nil {
			b = anything()
		}
		out.Keys = append(out.Keys, table.KeyPattern{
			Key:  c.emit(k.key, nil, inside, path+"_key"),
			Elem: c.emit(k.elem, b, inside, path+"_value"),
		})
	}
	for _, r := range s.rules {
		rule := c.ruleOf(r, frame, inside, path)
		said := slices.ContainsFunc(out.Rules, func(o table.Rule) bool { return renderAny(o) == renderAny(rule) })
		if !said && (rule.Then != 0 || r.then == nil) {
			out.Rules = append(out.Rules, rule)
		}
	}
	if len(out.Fields) > 255 {
		c.errorAt(s.pos, "a mapping may have 255 fields")
	}
	return out
}

// baseField is the complete type of a field that an addition speaks of.
func (c *compiler) baseField(frame *structure, f *field) *node {
	if b := frame.fields[f.Name]; b != nil && !b.implied {
		return b.typ
	}
	if frame.open || len(frame.keys) > 0 {
		return anything()
	}
	if !f.typ.forbids() {
		c.errorAt(f.pos, "%s is known only under a condition: declare it outside, as %s?: _ if need be", f.Name, f.Name)
	}
	return nil
}

func (c *compiler) ruleOf(r *rule, frame *structure, at place, path string) table.Rule {
	out := r.Rule
	self := &node{st: frame}
	resolve := c.resolver(at, r.pos)
	if r.When != nil {
		out.When = resolve.cond(r.When)
		out.Why = inSentence(out.When, c.table)
		at.known = resolve.known
	}
	outside := at.outside() // emit enters the mapping again
	switch {
	case r.then != nil:
		c.circular(r, out.When)
		out.Then = c.emit(r.then, self, outside, path+"_if")
	case r.Match != nil:
		m := *r.Match
		for _, key := range m.Keys {
			if frame.rank(key) < 0 {
				m.Keys, m.Places = nil, nil
				break
			}
			m.Places = append(m.Places, uint8(frame.rank(key)))
		}
		for _, n := range r.of {
			c.noFilled(n)
			m.Of = append(m.Of, c.emit(n, self, outside, path+"_match"))
		}
		out.Match = &m
	case r.Must != nil:
		m := *r.Must
		m.Of = resolve.term(m.Of)
		if r.must != nil {
			m.Type = c.emit(r.must, nil, at, path+"_must")
		}
		out.Must = &m
	}
	return out
}

// noFilled reports regular fields in an argument of matchN, which would fill
// the document in and so match it.
func (c *compiler) noFilled(n *node) {
	if n.ref != nil || n.st == nil {
		if n.list != nil {
			c.noFilled(n.list.elem)
		}
		return
	}
	for _, f := range n.st.fields {
		if f.Presence == table.Filled && !f.implied {
			c.errorAt(f.pos, "in matchN write %s! or %s?", f.Name, f.Name)
		}
		c.noFilled(f.typ)
	}
}
