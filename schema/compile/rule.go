package compile

import (
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"github.com/rollcast/rollcast/schema/table"
)

// hiddenTerm names a hidden field until the structure that holds it is
// complete: another declaration may still define it. resolve.go puts the
// definition in its place.
const hiddenTerm table.TermKind = 255

// conditional translates if … { … } in a mapping.
func (c *compiler) conditional(s *structure, comp *ast.Comprehension, env *scope, level int) []*rule {
	if comp.Fallback != nil {
		c.errorf(comp.Fallback, "else is not understood")
		return nil
	}
	when := &table.Cond{Op: table.Chain}
	for _, clause := range comp.Clauses {
		i, ok := clause.(*ast.IfClause)
		if !ok {
			c.errorf(clause, "only if is understood here")
			return nil
		}
		cond, ok := c.cond(i.Condition, env, level)
		if !ok {
			return nil
		}
		when.Of = append(when.Of, cond)
	}
	if len(when.Of) == 1 {
		when = when.Of[0]
	}
	body, ok := comp.Value.(*ast.StructLit)
	if !ok {
		c.errorf(comp, "the body of an if is a mapping")
		return nil
	}
	n := &node{st: newStructure(body.Pos())}
	n.st.open = true
	c.fill(n, body, env, level)
	if len(n.checks) > 0 {
		c.errorf(body, "a check cannot depend on a condition")
	}
	c.hoist(s, n.st, when, 0)
	r := &rule{pos: comp.Pos(), then: n}
	r.When = when
	// What the body says of itself holds for the condition, and its sentence
	// for each of its fields that has none of its own.
	at := c.attributes(literalAttributes(body))
	at.stamp(r)
	for _, f := range n.st.fields {
		if f.Message == "" {
			f.Message = at.message
		}
	}
	return []*rule{r}
}

// hoist tells the fields of s what a conditional body may give them: a value,
// or that they are there at all. up is how far the condition's own mapping is
// above s.
func (c *compiler) hoist(s, body *structure, when *table.Cond, up int) {
	for _, name := range body.order {
		b := body.fields[name]
		f := &field{pos: b.pos, typ: anything(), implied: true}
		f.Name = name
		if b.Presence == table.Filled {
			f.given = []given{{when: shiftCond(when, up), typ: b.typ}}
		}
		if n := c.gives(b.typ, when, up); n != nil {
			f.typ = n
		}
		c.addField(s, f, nil)
	}
	// A hidden field of the body is known only under the condition, so that
	// the body itself keeps it.
}

// gives is a type that accepts everything and says what a conditional type gives
// to the fields below it; nil where that is nothing.
func (c *compiler) gives(n *node, when *table.Cond, up int) *node {
	if c.depth++; c.depth > 20 {
		c.depth--
		return nil // a definition that contains itself: emit refuses it
	}
	defer func() { c.depth-- }()
	n = c.expand(n)
	all := &node{forms: wildcard(), st: newStructure(token.NoPos), list: &list{elem: anything(), max: -1}}
	all.st.open = true
	if n.list != nil {
		if elem := c.gives(n.list.elem, when, up); elem != nil {
			all.list.elem = elem
			return all
		}
	}
	if n.st == nil {
		return nil
	}
	c.hoist(all.st, n.st, when, up+1)
	for _, f := range all.st.fields {
		if len(f.given) > 0 || !f.typ.free() {
			return all
		}
	}
	return nil
}

// hiddenField translates a field whose name starts with _: it names a list or
// a text that is computed from the document, or limits it, or both.
//
//	_names: [for v in volumes {v.name}]
//	_unique: list.UniqueItems([for p in ports {p.name}]) & true
//	_few: list.MaxItems(1) & [for m in modes {m}]
//	_id: =~"^.{1,64}$" & "\(name):\(portal)"
func (c *compiler) hiddenField(s *structure, name string, d *ast.Field, at *attributes, env *scope, level int) []*rule {
	h := &hiddenParts{c: c, level: level, must: table.Must{Max: -1}}
	for _, o := range operands(d.Value, token.AND) {
		h.operand(o, env)
	}
	s.hidden[name] = append(s.hidden[name], h.terms...)
	if !h.limits {
		if at.message != "" || at.rule != "" || at.since != nil {
			c.errorf(d, "%s limits nothing, so that its attributes say nothing", name)
		}
		return nil
	}
	r := &rule{pos: d.Pos(), must: h.typ}
	h.must.Of = table.Term{Kind: hiddenTerm, Path: []string{name}}
	if len(h.terms) == 1 {
		h.must.Of = h.terms[0]
	}
	r.Must = &h.must
	at.stamp(r)
	return []*rule{r}
}

type hiddenParts struct {
	c      *compiler
	level  int
	terms  []table.Term // what it is
	must   table.Must   // what it must be
	typ    *node
	limits bool
}

func (h *hiddenParts) operand(e ast.Expr, env *scope) {
	c := h.c
	switch e := e.(type) {
	case *ast.ParenExpr:
		h.operand(e.X, env)
		return
	case *ast.BasicLit:
		if e.Kind == token.TRUE {
			return // the other half of list.UniqueItems(…) & true
		}
	case *ast.CallExpr:
		switch name := callee(e); name {
		case "list.UniqueItems":
			if len(e.Args) == 1 {
				h.must.Unique, h.limits = true, true
				h.operand(e.Args[0], env)
				return
			}
		case "list.MaxItems":
			h.must.Max, h.limits = c.size(e, env), true
			return
		case "list.MinItems":
			h.must.Min, h.limits = c.size(e, env), true
			return
		}
	case *ast.BinaryExpr:
		if e.Op == token.OR && c.emptyByDefault(e) {
			return // a parameter that another declaration may set
		}
	case *ast.ListLit, *ast.Interpolation:
		if l, ok := e.(*ast.ListLit); ok && len(l.Elts) == 1 {
			if _, open := l.Elts[0].(*ast.Ellipsis); open {
				return // a parameter, as above
			}
		}
		if t, ok := c.term(e, env, h.level); ok {
			h.terms = append(h.terms, t)
		}
		return
	case *ast.UnaryExpr:
		h.typ, h.limits = c.expr(e, env, h.level+1), true
		return
	case *ast.Ident:
		if hidden(e.Name) {
			if t, ok := c.term(e, env, h.level); ok {
				h.terms = append(h.terms, t)
			}
			return
		}
	case *ast.SelectorExpr:
		if inner, scope, ok := c.applied(e, env); ok {
			h.operand(inner, scope)
			return
		}
	}
	c.errorf(e, "this is not understood in a hidden field")
}

// emptyByDefault reports whether the expression is *[] | [...T].
func (c *compiler) emptyByDefault(e *ast.BinaryExpr) bool {
	u, ok := e.X.(*ast.UnaryExpr)
	if !ok || u.Op != token.MUL {
		return false
	}
	l, ok := u.X.(*ast.ListLit)
	return ok && len(l.Elts) == 0
}

// applied reads (#Definition & {#parameter: x, …}).field: the field's
// expression, and a scope in which the parameters have their values.
func (c *compiler) applied(e *ast.SelectorExpr, env *scope) (ast.Expr, *scope, bool) {
	paren, ok := e.X.(*ast.ParenExpr)
	if !ok {
		return nil, nil, false
	}
	conj := operands(paren.X, token.AND)
	name, ok := conj[0].(*ast.Ident)
	if !ok || len(conj) != 2 || env.declares(name.Name) || c.defs[name.Name] == nil || len(c.defs[name.Name].decls) != 1 {
		return nil, nil, false
	}
	def, ok1 := c.defs[name.Name].decls[0].Value.(*ast.StructLit)
	args, ok2 := conj[1].(*ast.StructLit)
	field, _, err := ast.LabelName(e.Sel)
	if !ok1 || !ok2 || err != nil {
		return nil, nil, false
	}
	s := newScope(nil, 0, def)
	s.loops = env.loops
	s.bound = map[string]closure{}
	for _, d := range args.Elts {
		f, ok := d.(*ast.Field)
		if !ok {
			return nil, nil, false
		}
		label, ok := identLabel(f.Label)
		if !ok || !local(label) {
			return nil, nil, false
		}
		s.bound[label] = closure{f.Value, env}
	}
	for _, d := range def.Elts {
		if f, ok := d.(*ast.Field); ok {
			if label, ok := identLabel(f.Label); ok && label == field {
				return f.Value, s, true
			}
		}
	}
	return nil, nil, false
}
