package schema

import (
	"slices"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema/table"
)

// A slot is what a rule finds at a field: a value that is written, or one that
// is filled in, or nothing. A mapping that the server would create is written
// nowhere: emptyMapping stands for it.
type slot struct {
	node *manifest.Node
	val  *table.Value
	typ  table.ID // its complete type, 0 where that is not known
}

func (s slot) absent() bool { return s.node == nil && s.val == nil }

// emptyMapping is the mapping that the server fills in where a field is absent.
var emptyMapping = &manifest.Node{Kind: manifest.Mapping}

// get is the field of the innermost of some frames.
//
// Example: with "strategy: {type: RollingUpdate}", rollingUpdate is the empty
// mapping, because the schema gives it under that condition, and maxSurge of
// that is "25%".
func (c *checker) get(frames []frame, name string) slot {
	return c.at(frames, name, -1)
}

// at is get where the place of the name among the type's fields is known.
func (c *checker) at(frames []frame, name string, place int) slot {
	fr := &frames[len(frames)-1]
	if place < 0 || fr.written == nil {
		s, f := c.lookup(fr.node, fr.typ, name)
		if f == nil {
			return s
		}
		return c.filled(f, frames)
	}
	f := &fr.typ.Fields[place]
	if n := fr.written[place]; n != nil {
		return c.read(slot{node: n, typ: f.Type})
	}
	if c.isAbsent(fr.node, f) {
		return slot{}
	}
	return c.filled(f, frames)
}

// isAbsent reports that nothing is filled in for a field that is not written:
// it is only misspelt, so that nobody can tell, or the server drops it.
func (c *checker) isAbsent(n *manifest.Node, f *table.Field) bool {
	if c.missing != nil && c.missing[missingField{n, f.Name}] {
		c.unsure = true
		return true
	}
	return c.fieldStage(f) != table.Works
}

// lookup is the field of a mapping as it is written; f is the field where it is
// not, and what is filled in counts.
func (c *checker) lookup(in *manifest.Node, typ *table.Struct, name string) (s slot, f *table.Field) {
	n := in.Get(name)
	if typ != nil {
		f = typ.Field(name)
		if n != nil && n.Kind == manifest.Null && len(typ.Keys) > 0 {
			n = c.entry(typ, name, n)
		}
	}
	if f == nil {
		if n == nil || n.Kind == manifest.Null {
			return slot{}, nil
		}
		s = slot{node: n}
		if typ != nil {
			s.typ = c.elem(typ, name)
		}
		return c.read(s), nil
	}
	if c.isAbsent(in, f) {
		return slot{}, nil
	}
	if n != nil && n.Kind != manifest.Null && !c.unset(f, n) && !c.dropsValue(f, n) {
		return c.read(slot{node: n, typ: f.Type}), nil
	}
	return slot{}, f
}

// read is the slot of a written value; what is faulty makes the rule unsure.
func (c *checker) read(s slot) slot {
	if c.isFaulty(s.node) || !c.fitting(s) {
		c.unsure = true
	}
	return s
}

// fitting reports whether a written value is at least of a kind that its type
// accepts. It need not have been judged yet.
func (c *checker) fitting(s slot) bool {
	t := &c.tab.Types[s.typ]
	if s.typ == 0 || t.Any {
		return true
	}
	switch s.node.Kind {
	case manifest.Mapping:
		return t.Map != nil
	case manifest.Sequence:
		return t.List != nil
	case manifest.Null:
		return true
	}
	for i := range t.Scalars {
		switch t.Scalars[i].Kind {
		case table.Bool:
			if s.node.Kind == manifest.Bool {
				return true
			}
		case table.Int:
			if s.node.Kind == manifest.Int {
				return true
			}
		case table.Number:
			if isNumber(s.node.Kind) {
				return true
			}
		case table.String:
			if s.node.Kind == manifest.String {
				return true
			}
		}
	}
	return false
}

// elem is the type that a mapping's patterns give a key.
func (c *checker) elem(st *table.Struct, key string) table.ID {
	if len(st.Keys) == 1 {
		return st.Keys[0].Elem
	}
	return 0
}

// filled is what the server fills in for a field that is not written.
func (c *checker) filled(f *table.Field, frames []frame) slot {
	if len(f.Given) > 0 {
		at := missingField{frames[len(frames)-1].node, f.Name}
		if slices.Contains(c.filling, at) {
			// A condition asks for the field that it would give: nothing is
			// given, as for CUE.
			c.circular = true
			return slot{}
		}
		c.filling = append(c.filling, at)
		defer func() { c.filling = c.filling[:len(c.filling)-1] }()
	}
	for i := range f.Given {
		g := &f.Given[i]
		if g.When != nil && !c.gives(g.When, frames) {
			continue
		}
		switch {
		case g.Empty:
			return slot{node: emptyMapping, typ: f.Type}
		case g.Value.Kind == table.Const:
			return slot{val: g.Value.Value, typ: f.Type}
		}
		v := c.term(&g.Value, frames)
		return slot{node: v.slot.node, val: v.slot.val, typ: f.Type}
	}
	if f.Default != nil {
		return slot{val: f.Default, typ: f.Type}
	}
	if f.Presence == table.Filled && c.tab.Types[f.Type].Map != nil {
		return slot{node: emptyMapping, typ: f.Type}
	}
	return slot{}
}

// gives evaluates the condition under which something is filled in.
func (c *checker) gives(x *table.Cond, frames []frame) bool {
	unsure, circular := c.unsure, c.circular
	c.unsure, c.circular = false, false
	ok := c.holds(x, frames)
	if c.circular {
		ok, c.unsure = false, false
	}
	c.unsure, c.circular = unsure || c.unsure, circular
	return ok
}

// follow is the value at a path below a slot. frames are the mappings around
// the slot.
func (c *checker) follow(s slot, path []string, frames []frame) slot {
	var room [4]frame
	inner := room[:0] // the mappings on the way, which hardly ever count
	for _, key := range path {
		if s.node == nil || s.node.Kind != manifest.Mapping {
			if s.node != nil {
				c.unsure = true // a wrong kind, which has been told
			}
			return slot{}
		}
		in := frame{node: s.node, typ: c.tab.Types[s.typ].Map}
		inner = append(inner, in)
		next, f := c.lookup(in.node, in.typ, key)
		if f != nil {
			around := frames
			if len(f.Given) > 0 {
				around = append(frames[:len(frames):len(frames)], inner...)
			}
			next = c.filled(f, around)
		}
		s = next
	}
	return s
}

// stage is what the minor makes of something with a Since, mostly nil.
func (c *checker) stage(s *table.Since) table.Stage {
	if s == nil {
		return table.Works
	}
	return s.At(c.opt.Minor, c.opt.Gates)
}
