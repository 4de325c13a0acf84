package compile

import (
	"strconv"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"github.com/rollcast/rollcast/schema/table"
)

// call translates a function that stands as a type.
func (c *compiler) call(e *ast.CallExpr, env *scope, level int) *node {
	str := func(s table.Scalar) *node {
		s.Kind = table.String
		return &node{forms: []form{{Scalar: s}}}
	}
	openMap := func(lo, hi int) *node {
		s := newStructure(e.Pos())
		s.open, s.min, s.max, s.firm = true, lo, hi, true
		return &node{st: s}
	}
	switch name := callee(e); name {
	case "strings.MinRunes":
		return str(table.Scalar{MinRunes: c.size(e, env)})
	case "strings.MaxRunes":
		return str(table.Scalar{MaxRunes: c.size(e, env)})
	case "list.MinItems":
		return &node{list: &list{elem: anything(), min: c.size(e, env), max: -1}}
	case "list.MaxItems":
		return &node{list: &list{elem: anything(), max: c.size(e, env)}}
	case "struct.MinFields":
		return openMap(c.size(e, env), -1)
	case "struct.MaxFields":
		return openMap(0, c.size(e, env))
	case "or", "and":
		return c.each(e, name, env, level)
	case "matchN":
		s := newStructure(e.Pos())
		s.open = true
		s.rules = append(s.rules, c.matchN(e, env, level))
		return &node{st: s}
	default:
		c.errorf(e, "the function %s is not understood as a type", name)
	}
	return anything()
}

// size is the one argument of a length limit.
func (c *compiler) size(e *ast.CallExpr, env *scope) int {
	if len(e.Args) == 1 {
		if v := c.constant(e.Args[0], env); v != nil && v.Kind == table.IntValue {
			if n, err := strconv.Atoi(v.Text); err == nil && n >= 0 {
				return n
			}
		}
	}
	c.errorf(e, "the function takes one constant number")
	return 0
}

// each is or([for v in volumes {v.name}]), one of the collected values, or
// and([for d in devices {!=d.name}]), a comparison with each of them.
func (c *compiler) each(e *ast.CallExpr, name string, env *scope, level int) *node {
	if len(e.Args) != 1 {
		c.errorf(e, "%s takes one list", name)
		return anything()
	}
	if name == "or" {
		return c.compared(e.Args[0], table.In, env, level)
	}
	l, ok := e.Args[0].(*ast.ListLit)
	if !ok {
		c.errorf(e, "and takes a list of comprehensions")
		return anything()
	}
	t := table.Term{Kind: table.Collect}
	for _, elt := range l.Elts {
		comp, ok := elt.(*ast.Comprehension)
		if !ok {
			c.errorf(elt, "only comprehensions are understood here")
			return anything()
		}
		loop, yield, inner, ok := c.loop(comp, env, level-1)
		if !ok {
			return anything()
		}
		u, ok := yield.(*ast.UnaryExpr)
		if !ok || u.Op != token.NEQ {
			c.errorf(yield, "and takes comparisons with !=")
			return anything()
		}
		if loop.Yield, ok = c.term(u.X, inner, level-1); !ok {
			return anything()
		}
		t.Loops = append(t.Loops, loop)
	}
	return boundTo(table.Bound{Op: table.Ne, To: t}, wildcard())
}

// listLit translates [...T] and [].
func (c *compiler) listLit(e *ast.ListLit, env *scope, level int) *node {
	switch len(e.Elts) {
	case 0:
		return &node{list: &list{elem: anything()}}
	case 1:
		if rest, ok := e.Elts[0].(*ast.Ellipsis); ok {
			elem := anything()
			if rest.Type != nil {
				elem = c.expr(rest.Type, env, level)
			}
			return &node{list: &list{elem: elem, max: -1}}
		}
	}
	c.errorf(e, "a list is [...T] or []")
	return anything()
}

// matchN translates matchN(1, [{a!: _}, {b!: _}]).
func (c *compiler) matchN(e *ast.CallExpr, env *scope, level int) *rule {
	m := &table.Match{Max: -1}
	r := &rule{pos: e.Pos()}
	r.Match = m
	if len(e.Args) != 2 {
		c.errorf(e, "matchN takes a number and a list")
		return r
	}
	c.count(m, e.Args[0], env)
	l, ok := e.Args[1].(*ast.ListLit)
	if !ok {
		c.errorf(e, "matchN takes a list of mappings")
		return r
	}
	for _, elt := range l.Elts {
		lit, ok := elt.(*ast.StructLit)
		if !ok {
			c.errorf(elt, "matchN takes a list of mapping literals")
			return r
		}
		n := c.structLit(lit, env, level)
		r.of = append(r.of, n)
		if key, ok := onlyKey(n); ok {
			m.Keys = append(m.Keys, key)
		}
	}
	if len(m.Keys) != len(r.of) {
		m.Keys = nil
	}
	return r
}

// count reads the first argument of matchN: 1, 0, <=1, >=1.
func (c *compiler) count(m *table.Match, e ast.Expr, env *scope) {
	op, x := token.EQL, e
	if u, ok := e.(*ast.UnaryExpr); ok {
		op, x = u.Op, u.X
	}
	v := c.constant(x, env)
	if v == nil || v.Kind != table.IntValue {
		c.errorf(e, "matchN takes a constant number")
		return
	}
	n, _ := strconv.Atoi(v.Text)
	switch op {
	case token.EQL:
		m.Min, m.Max = n, n
	case token.LEQ:
		m.Max = n
	case token.LSS:
		m.Max = n - 1
	case token.GEQ:
		m.Min = n
	case token.GTR:
		m.Min = n + 1
	default:
		c.errorf(e, "matchN takes a number, or one with <= or >=")
	}
}

// onlyKey reports whether a literal of matchN asks for one key and nothing else.
func onlyKey(n *node) (string, bool) {
	if n.st == nil || len(n.st.order) != 1 || len(n.st.rules) > 0 || len(n.st.keys) > 0 {
		return "", false
	}
	f := n.st.fields[n.st.order[0]]
	return f.Name, f.Presence == table.Required && f.typ.free()
}
