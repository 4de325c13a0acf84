package compile

import (
	"slices"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"

	"github.com/rollcast/rollcast/schema/table"
)

// structLit translates { … } where a type may stand.
func (c *compiler) structLit(e *ast.StructLit, env *scope, level int) *node {
	// {X} with nothing else is X, also where X is a scalar.
	if len(e.Elts) == 1 {
		if embed, ok := e.Elts[0].(*ast.EmbedDecl); ok {
			if n := c.expand(c.expr(embed.Expr, newScope(env, level, e), level)); n.st == nil {
				return n
			}
		}
	}
	n := &node{st: newStructure(e.Pos())}
	c.fill(n, e, env, level)
	return n
}

// fill adds the declarations of a literal to a node that is a mapping.
func (c *compiler) fill(n *node, e *ast.StructLit, env *scope, level int) {
	s := n.st
	inner := newScope(env, level, e)
	at := c.attributes(literalAttributes(e))
	if at.zero || at.typed || at.is != "" || len(at.values) > 0 {
		c.errorf(e, "these attributes have no meaning for a mapping as a whole")
	}
	n.checks = append(n.checks, at.checks...)
	var own []*rule            // as opposed to those of what is embedded
	for _, w := range at.was { // in older minors the mapping was of that type too
		if w.typ == nil {
			c.errorf(e, "judged has no meaning for a mapping as a whole")
			continue
		}
		r := &rule{pos: e.Pos(), then: w.typ}
		r.Since = &table.Since{Removed: w.before}
		own = append(own, r)
	}
	pure := true // nothing but fields
	for _, d := range e.Elts {
		switch d := d.(type) {
		case *ast.Field:
			own = append(own, c.field(s, d, inner, level)...)
		case *ast.EmbedDecl:
			pure = false
			c.embed(n, c.expr(d.Expr, inner, level), d)
		case *ast.Comprehension:
			pure = false
			own = append(own, c.conditional(s, d, inner, level)...)
		case *ast.Ellipsis:
			if d.Type != nil {
				c.errorf(d, "...T is not understood: write [string]: T")
			}
			s.open = true
		case *ast.Attribute, *ast.CommentGroup:
		default:
			c.errorf(d, "this declaration is not understood")
		}
	}
	for _, r := range own {
		at.stamp(r)
	}
	s.rules = append(s.rules, own...)
	s.firm = s.firm || pure
	if s.opened.IsValid() && !s.open {
		c.errorAt(s.opened, "what is open, matchN included, opens the mapping that embeds it: join it with &, or write ... beside it")
	}
}

func literalAttributes(e *ast.StructLit) []*ast.Attribute {
	var attrs []*ast.Attribute
	for _, d := range e.Elts {
		if a, ok := d.(*ast.Attribute); ok {
			attrs = append(attrs, a)
		}
	}
	return attrs
}

// embed adds what is embedded: unlike &, it opens the mapping for its fields.
func (c *compiler) embed(n, m *node, at ast.Node) {
	m = c.expand(m)
	if m.free() {
		return
	}
	if m.st == nil {
		c.errorf(at, "only a mapping can be embedded in a mapping")
		return
	}
	if m.st.open && !n.st.open {
		n.st.opened = at.Pos()
	}
	n.checks = append(n.checks, m.checks...)
	n.st.firm = n.st.firm || m.st.firm
	open := n.st.open
	embedded := m.st.clone()
	for _, f := range embedded.fields {
		if f.typ.ref == nil && f.typ.st != nil && f.typ.st.narrow {
			f.inner = true
		}
	}
	c.merge(n.st, embedded, at)
	n.st.open = open
}

// conjoin is a & b for mappings. What a definition closes stays closed; a
// literal beside it closes and opens nothing.
func (c *compiler) conjoin(a, b *structure, at ast.Node) {
	if len(a.keys) > 0 && len(b.keys) > 0 {
		b = c.conjoinKeys(a, b, at)
	}
	open := a.open || b.open
	switch {
	case a.literal && b.literal:
	case a.literal:
		c.within(b, a, at)
		open = b.open
	case b.literal:
		c.within(a, b, at)
		open = a.open
	default:
		c.within(a, b, at)
		c.within(b, a, at)
		c.forgotten(a, at)
		c.forgotten(b, at)
		open = a.open && b.open
	}
	c.merge(a, b, at)
	a.firm = a.firm || b.firm
	a.open = open
}

// forgotten refuses to join a definition with another reference where CUE 0.17
// forgets what an embedded definition says about the keys of a field.
//
//	#Any:  {labels?: {[string]: string}}
//	#Meta: {#Any, labels?: #Labels}
//	#Named: {#Meta}                  // #Named & #Rules allows any label
func (c *compiler) forgotten(s *structure, at ast.Node) {
	for _, name := range s.order {
		if s.fields[name].inner {
			c.errorf(at, "joined like this, CUE forgets which keys of %s are allowed: declare %s again in the definition itself", name, name)
		}
	}
}

// conjoinKeys joins the patterns of two mappings: a takes them all, and what is
// left of b has none. It is exact where one of them allows every key, or where
// both have the same patterns.
func (c *compiler) conjoinKeys(a, b *structure, at ast.Node) *structure {
	b = b.clone()
	a.narrow = a.narrow || b.narrow || c.universal(a) != c.universal(b)
	switch {
	case c.universal(b):
		c.spread(a, b.keys[0].elem, at)
	case c.universal(a):
		all := a.keys[0].elem
		a.keys = b.keys
		c.spread(a, all, at)
		c.spread(b, all, at)
	case len(a.keys) == 1 && len(b.keys) == 1 && a.keys[0].key.ref != nil && a.keys[0].key.ref == b.keys[0].key.ref:
		a.keys = []keyPattern{{key: a.keys[0].key, elem: c.and(a.keys[0].elem, b.keys[0].elem, at)}}
	default:
		c.errorf(at, "two mappings with different patterns cannot be joined: embed one of them")
	}
	b.keys = nil
	b.literal = true // what it closed, a closes now
	return b
}

// universal reports whether the mapping is {[string]: T}.
func (c *compiler) universal(s *structure) bool {
	if len(s.keys) != 1 || len(s.fields) > 0 {
		return false
	}
	k := c.expand(s.keys[0].key)
	return k.any || len(k.checks) == 0 && len(k.forms) == 1 && sameScalar(k.forms[0].Scalar, table.Scalar{Kind: table.String})
}

// spread joins a type to every value of a mapping.
func (c *compiler) spread(s *structure, elem *node, at ast.Node) {
	keys := make([]keyPattern, len(s.keys))
	for i, k := range s.keys {
		keys[i] = keyPattern{key: k.key, elem: c.and(k.elem, elem, at)}
	}
	s.keys = keys
	for _, f := range s.fields {
		f.typ = c.and(f.typ, elem, at)
	}
}

// within reports what b has and the closed a does not allow. CUE would accept
// the schema and refuse every document with the field.
func (c *compiler) within(a, b *structure, at ast.Node) {
	if a.open || len(a.keys) > 0 {
		return
	}
	for _, name := range b.order {
		if a.fields[name] == nil && !b.fields[name].typ.forbids() {
			c.errorAt(b.fields[name].pos, "%s is no field of what this is joined with: embed that instead of joining it", name)
		}
	}
	if len(b.keys) > 0 {
		c.errorf(at, "a mapping with fields and one with patterns cannot be joined: embed one of them")
	}
}

// merge adds all of b to a.
func (c *compiler) merge(a, b *structure, at ast.Node) {
	c.spend(len(a.order) + len(b.order))
	for _, name := range b.order {
		c.addField(a, b.fields[name], at)
	}
	a.keys = append(a.keys, b.keys...)
	a.open = a.open || b.open
	a.literal = a.literal && b.literal
	a.min = max(a.min, b.min)
	if a.max < 0 || b.max >= 0 && b.max < a.max {
		a.max = b.max
	}
	for _, r := range b.rules {
		if !slices.Contains(a.rules, r) { // a definition may be joined twice
			a.rules = append(a.rules[:len(a.rules):len(a.rules)], r)
		}
	}
	for name, h := range b.hidden {
		a.hidden[name] = append(a.hidden[name][:len(a.hidden[name]):len(a.hidden[name])], h...)
	}
}

// addField joins a field with the one of that name, if there is one.
func (c *compiler) addField(s *structure, f *field, at ast.Node) {
	old := s.fields[f.Name]
	if old == nil {
		g := *f
		s.fields[f.Name] = &g
		s.order = append(s.order, f.Name)
		return
	}
	z := *old
	z.typ = c.and(old.typ, f.typ, at)
	z.implied = old.implied && f.implied
	z.inner = old.inner && f.inner
	z.conditional = old.conditional || f.conditional || old.implied || f.implied
	if old.implied {
		z.pos = f.pos
	}
	z.Presence = max(old.Presence, f.Presence)
	z.given = append(append([]given(nil), old.given...), f.given...)
	z.Zero = old.Zero || f.Zero
	z.Typed = old.Typed || f.Typed
	if f.Since != nil {
		z.Since = f.Since
	}
	if f.Message != "" {
		z.Message = f.Message
	}
	if f.RuleID != "" {
		z.RuleID = f.RuleID
	}
	z.Checks = append(append([]table.Check(nil), old.Checks...), f.Checks...)
	z.was = append(append([]was(nil), old.was...), f.was...)
	s.fields[f.Name] = &z
}

// field adds one field of a literal, and returns the rules that a hidden field
// stands for.
func (c *compiler) field(s *structure, d *ast.Field, env *scope, level int) (own []*rule) {
	at := c.attributes(d.Attrs)
	label := d.Label
	if a, ok := label.(*ast.Alias); ok {
		if l, ok := a.Expr.(ast.Label); ok {
			label = l
		}
	}
	if l, ok := label.(*ast.ListLit); ok {
		c.keyPattern(s, d, l, env, level)
		return nil
	}
	var name string
	switch l := label.(type) {
	case *ast.Ident:
		name = l.Name
	case *ast.BasicLit:
		name, _ = literal.Unquote(l.Value)
	default:
		c.errorf(d, "this label is not understood")
		return nil
	}
	if _, quoted := label.(*ast.BasicLit); !quoted {
		switch {
		case hidden(name):
			return c.hiddenField(s, name, d, at, env, level)
		case local(name):
			return nil // translated where it is used
		}
	}
	f := &field{pos: d.Pos(), typ: c.expr(d.Value, env, level+1)}
	f.Name, f.Presence = name, table.Filled
	switch d.Constraint {
	case token.OPTION:
		f.Presence = table.Optional
	case token.NOT:
		f.Presence = table.Required
	}
	f.typ = c.marked(f.typ, at)
	at.stampField(f)
	s.firm = s.firm || f.Presence != table.Optional
	c.addField(s, f, d)
	return nil
}

func (c *compiler) keyPattern(s *structure, d *ast.Field, l *ast.ListLit, env *scope, level int) {
	if len(l.Elts) != 1 {
		c.errorf(l, "a pattern has one expression")
		return
	}
	if len(d.Attrs) > 0 {
		c.errorf(d, "attributes stand at the field that holds the mapping")
	}
	s.keys = append(s.keys, keyPattern{
		key:  c.expr(l.Elts[0], env, level+1),
		elem: c.expr(d.Value, env, level+1),
	})
}
