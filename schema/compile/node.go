package compile

import (
	"maps"

	"cuelang.org/go/cue/token"

	"github.com/rollcast/rollcast/schema/table"
)

// A node is a type on the way from CUE to the table: what a value may be. It
// is any, or a choice of scalar forms, one kind of mapping and one kind of
// list; with none of them it accepts nothing.
type node struct {
	ref    *definition // it is this definition and nothing else; all below is unset
	name   string      // of the definition it comes from
	is     string
	any    bool
	forms  []form
	st     *structure
	list   *list
	filled *table.Value // the default, where it is a list
	checks []table.Check
	values []table.ValueSince
}

// A form is one alternative of a scalar.
type form struct {
	table.Scalar
	preferred bool // marked with *
}

type list struct {
	elem     *node
	min, max int
}

// A structure is a mapping.
type structure struct {
	pos     token.Pos
	fields  map[string]*field
	order   []string // the fields as they are written
	keys    []keyPattern
	open    bool
	literal bool // no definition is in it: it does not close what it is joined with
	min     int
	max     int // -1 for no limit
	rules   []*rule
	hidden  map[string][]table.Term // the lists and texts that hidden fields name
	opened  token.Pos               // where an open mapping was embedded
	firm    bool                    // for CUE only a mapping is of this type; see soft
	narrow  bool                    // patterns have taken keys away from {[string]: T}
}

type keyPattern struct {
	key, elem *node
}

type field struct {
	table.Field // all but Type, Default, Given, Was
	pos         token.Pos
	typ         *node
	implied     bool // known only under a condition
	conditional bool // a condition speaks of it
	inner       bool // its keys were narrowed in a definition that is embedded
	given       []given
	was         []was
}

// A given is a type that a field has under a condition, which may also say what
// its value is where none is written.
type given struct {
	when *table.Cond
	typ  *node
}

type was struct {
	typed  bool   // and nothing more, instead of typ
	gate   string // that brought the present type
	before uint8
	typ    *node
}

// A rule is a table.Rule whose types are still nodes.
type rule struct {
	table.Rule
	pos  token.Pos
	then *node
	of   []*node
	must *node
}

func anything() *node { return &node{any: true} }

func nothing() *node { return &node{} }

// free reports whether the node accepts everything and says nothing else.
func (n *node) free() bool { return n.ref == nil && n.any && len(n.checks) == 0 && n.is == "" }

// forbids reports whether the node accepts nothing.
func (n *node) forbids() bool {
	return n.ref == nil && !n.any && len(n.forms) == 0 && n.st == nil && n.list == nil
}

func (n *node) clone() *node {
	m := *n
	m.forms = append([]form(nil), n.forms...)
	m.checks = append([]table.Check(nil), n.checks...)
	m.values = append([]table.ValueSince(nil), n.values...)
	if n.st != nil {
		m.st = n.st.clone()
	}
	if n.list != nil {
		l := *n.list
		m.list = &l
	}
	return &m
}

func newStructure(pos token.Pos) *structure {
	return &structure{pos: pos, fields: map[string]*field{}, hidden: map[string][]table.Term{}, max: -1, literal: true}
}

func (s *structure) clone() *structure {
	t := *s
	t.fields = make(map[string]*field, len(s.fields))
	for name, f := range s.fields {
		g := *f
		t.fields[name] = &g
	}
	t.order = append([]string(nil), s.order...)
	t.keys = append([]keyPattern(nil), s.keys...)
	t.rules = append([]*rule(nil), s.rules...)
	t.hidden = maps.Clone(s.hidden)
	return &t
}

// expand replaces a reference by what it refers to.
func (c *compiler) expand(n *node) *node {
	for n.ref != nil {
		c.spend(1)
		n = c.define(n.ref)
	}
	return n
}

// fixed is the only value that the node accepts, and preset its default; nil
// where there is none.
func (c *compiler) fixed(n *node) *table.Value {
	n = c.expand(n)
	if n.any || n.st != nil || n.list != nil || len(n.forms) != 1 {
		return nil
	}
	return n.forms[0].constant()
}

func (c *compiler) preset(n *node) *table.Value {
	n = c.expand(n)
	if v := c.fixed(n); v != nil {
		return v
	}
	if n.filled != nil {
		return n.filled
	}
	var v *table.Value
	for _, f := range n.forms {
		if !f.preferred {
			continue
		}
		if v != nil {
			return nil // two defaults are none
		}
		v = f.constant()
	}
	return v
}
