package compile

import (
	"maps"
	"slices"
	"sort"
	"strconv"

	"github.com/rollcast/rollcast/schema/table"
)

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
	if base == nil {
		c.soft(s)
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

// soft refuses a mapping for which CUE takes a scalar as well: one whose fields
// are all optional, beside an if or matchN that then has nothing to say.
//
//	{x?: int, if x != _|_ {y!: _}}   // 3 is of this type
func (c *compiler) soft(s *structure) {
	if !s.firm {
		c.errorAt(s.pos, "for CUE a scalar is of this type too: join the conditions with & to a definition of the fields")
	}
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
		if out.When != nil {
			c.circular(r, out.When)
		}
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
