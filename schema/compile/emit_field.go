package compile

import (
	"reflect"
	"slices"
	"sort"
	"strings"

	"cuelang.org/go/cue/token"

	"github.com/rollcast/rollcast/schema/table"
)

// fieldOf is the field in the table, and whether its absence means anything.
func (c *compiler) fieldOf(s *structure, f *field, base *node, at place, path string) (table.Field, bool) {
	out := f.Field
	typ := f.typ
	for _, k := range s.keys {
		if c.expand(k.key).forbids() {
			continue
		}
		switch keyAllows(c, k.key, f.Name) {
		case yes:
			typ = c.and(typ, k.elem, nil)
		case unknown:
			c.errorAt(f.pos, "whether %s matches a pattern of the mapping cannot be told here", f.Name)
		}
	}
	out.Type = c.emit(typ, base, at, path)
	for _, w := range f.was {
		former := table.Was{Before: w.before, Gate: w.gate, Type: out.Type, Typed: w.typed}
		if w.typ != nil {
			former.Type = c.emit(w.typ, nil, at, path+"_was")
		}
		out.Was = append(out.Was, former)
	}
	sort.Slice(out.Was, func(i, j int) bool { return out.Was[i].Before < out.Was[j].Before })
	if base != nil {
		c.additionPresence(&out, f, base)
		return out, true
	}
	if out.Presence == table.Filled {
		out.Default = c.preset(typ)
		if g, ok := c.givenBy(given{typ: typ}, &at, f.pos); ok && out.Default == nil {
			out.Given = append(out.Given, g)
		}
		if c.limitedTo(typ) {
			c.errorAt(f.pos, "an absent %s would be filled with the only value that or leaves: write %s! or %s?", f.Name, f.Name, f.Name)
		}
	}
	for _, g := range f.given {
		g.typ = c.and(typ, g.typ, nil)
		if r, ok := c.givenBy(g, &at, f.pos); ok && !redundant(&out, &r, typ, c) && !slices.ContainsFunc(out.Given, func(o table.Given) bool { return renderAny(o) == renderAny(r) }) {
			out.Given = append(out.Given, r)
		}
	}
	x := c.expand(typ)
	if out.Presence == table.Filled && out.Default == nil && len(out.Given) == 0 && (x.st == nil || len(x.forms) > 0) {
		out.Presence = table.Required
	}
	return out, lookAt(&out, x)
}

// redundant reports whether a condition gives what the field has anyway.
func redundant(f *table.Field, g *table.Given, typ *node, c *compiler) bool {
	if f.Presence != table.Filled {
		return false
	}
	if g.Empty {
		return f.Default == nil && len(f.Given) == 0 && c.expand(typ).st != nil
	}
	return f.Default != nil && g.Value.Kind == table.Const && reflect.DeepEqual(f.Default, g.Value.Value)
}

// additionPresence settles a field that a condition adds: what it fills in, the
// complete type has been told by hoist.
func (c *compiler) additionPresence(out *table.Field, f *field, base *node) {
	if out.Presence != table.Filled {
		return
	}
	out.Presence = table.Optional
	if c.limitedTo(f.typ) {
		c.errorAt(f.pos, "an absent %s would be filled with the only value that or leaves: write %s! or %s?", f.Name, f.Name, f.Name)
	}
	if _, ok := c.givenBy(given{typ: c.and(base, f.typ, nil)}, nil, f.pos); !ok {
		out.Presence = table.Required
	}
}

// givenBy is the value that a type has where nothing is written, if it has one.
// at is where its condition is looked up, nil where only the answer counts.
func (c *compiler) givenBy(g given, at *place, pos token.Pos) (table.Given, bool) {
	out := table.Given{}
	var r *resolver
	if at != nil {
		r = c.resolver(*at, pos)
		out.When = r.cond(g.when)
	}
	n := c.expand(g.typ)
	if v := c.preset(n); v != nil {
		out.Fixed = c.fixed(n) != nil
		out.Value = table.Term{Kind: table.Const, Value: v}
		return out, true
	}
	if n.st != nil && len(n.forms) == 0 && n.list == nil {
		out.Empty = true
		return out, true
	}
	var term *table.Term
	for _, f := range n.forms {
		i := slices.IndexFunc(f.Bounds, func(b table.Bound) bool { return b.Op == table.Eq })
		if i < 0 {
			return out, false
		}
		term = &f.Bounds[i].To
	}
	if term == nil || n.st != nil || n.list != nil {
		return out, false
	}
	out.Fixed = true
	out.Value = *term
	if r != nil {
		out.Value = r.term(*term)
	}
	return out, true
}

// limitedTo reports whether or([…]) limits the type.
func (c *compiler) limitedTo(n *node) bool {
	for _, f := range c.expand(n).forms {
		if slices.ContainsFunc(f.Bounds, func(b table.Bound) bool { return b.Op == table.In }) {
			return true
		}
	}
	return false
}

func (c *compiler) hasValue(n *node, v string) bool {
	return slices.ContainsFunc(c.expand(n).forms, func(f form) bool { return slices.Contains(f.Values, v) })
}

// lookAt reports whether the absence of a field means anything.
func lookAt(f *table.Field, n *node) bool {
	if f.Presence == table.Required {
		return true
	}
	for _, g := range f.Given {
		if g.Empty || g.Value.Kind != table.Const || f.Presence == table.Filled && f.Default == nil {
			return true
		}
	}
	if f.Presence != table.Filled {
		return false
	}
	return n.st != nil || f.Default == nil || slices.ContainsFunc(n.forms, func(f form) bool { return len(f.Bounds) > 0 })
}

type answer int

const (
	no answer = iota
	yes
	unknown
)

// keyAllows tells whether a pattern of keys matches a field's name.
func keyAllows(c *compiler, key *node, name string) answer {
	key = c.expand(key)
	if key.any {
		return yes
	}
	result := no
	for _, f := range key.forms {
		if f.Kind != table.String || !c.allows(&f.Scalar, name) {
			continue
		}
		if len(f.Bounds)+len(f.Checks) > 0 {
			return unknown
		}
		result = yes
	}
	if result == yes && len(key.checks) > 0 {
		return unknown
	}
	return result
}

// identifier makes a key a part of a Go name.
func identifier(key string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, key)
}
