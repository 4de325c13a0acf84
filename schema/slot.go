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
	fr := &frames[len(frames)-1]
	n := fr.node.Get(name)
	if fr.typ == nil {
		if n == nil || n.Kind == manifest.Null {
			return slot{}
		}
		return c.read(slot{node: n})
	}
	f := fr.typ.Field(name)
	if f == nil {
		if n == nil || n.Kind == manifest.Null {
			return slot{}
		}
		return c.read(slot{node: n, typ: c.elem(fr.typ, name)})
	}
	if c.missing[missingField{fr.node, name}] {
		c.unsure = true
		return slot{}
	}
	if f.Since.At(c.opt.Minor, c.opt.Gates) != table.Works {
		return slot{}
	}
	if n != nil && n.Kind != manifest.Null && !(f.Zero && isZero(n)) {
		return c.read(slot{node: n, typ: f.Type})
	}
	return c.filled(f, frames)
}

// read is the slot of a written value; what is faulty makes the rule unsure.
func (c *checker) read(s slot) slot {
	if c.isFaulty(s.node) {
		c.unsure = true
	}
	return s
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
	for _, key := range path {
		if s.node == nil || s.node.Kind != manifest.Mapping {
			if s.node != nil {
				c.unsure = true // a wrong kind, which has been told
			}
			return slot{}
		}
		frames = append(frames[:len(frames):len(frames)], frame{node: s.node, typ: c.tab.Types[s.typ].Map})
		s = c.get(frames, key)
	}
	return s
}
