package compile

import (
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"

	"github.com/rollcast/rollcast/schema/table"
)

// term translates an expression that computes a value from the document. level
// is the level of the mapping that the result belongs to: a field of it is 0
// up, one of the mapping around it 1 up.
func (c *compiler) term(e ast.Expr, env *scope, level int) (table.Term, bool) {
	if v := c.constant(e, env); v != nil {
		return table.Term{Kind: table.Const, Value: v}, true
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		return c.term(e.X, env, level)
	case *ast.Ident:
		return c.name(e, env, level)
	case *ast.SelectorExpr:
		if name, _, err := ast.LabelName(e.Sel); err == nil {
			return c.step(e, e.X, name, env, level)
		}
	case *ast.IndexExpr:
		if v := c.constant(e.Index, env); v != nil && v.Kind == table.StringValue {
			return c.step(e, e.X, v.Text, env, level)
		}
	case *ast.Interpolation:
		return c.interpolation(e, env, level)
	case *ast.CallExpr:
		if callee(e) == "len" && len(e.Args) == 1 {
			t, ok := c.term(e.Args[0], env, level)
			return table.Term{Kind: table.Length, Args: []table.Term{t}}, ok
		}
	case *ast.ListLit:
		return c.collect(e, env, level)
	}
	c.errorf(e, "this expression is not understood as a value")
	return table.Term{}, false
}

func (c *compiler) name(e *ast.Ident, env *scope, level int) (table.Term, bool) {
	s := env.find(e.Name)
	if s == nil {
		c.errorf(e, "the name %s is not understood here", e.Name)
		return table.Term{}, false
	}
	if n, ok := s.vars[e.Name]; ok {
		return table.Term{Kind: table.Var, N: n}, true
	}
	if n, ok := s.places[e.Name]; ok {
		return table.Term{Kind: table.Place, N: n}, true
	}
	if b, ok := s.bound[e.Name]; ok {
		return c.term(b.expr, b.env, level)
	}
	switch {
	case s.bound != nil || local(e.Name):
		c.errorf(e, "%s has no value here", e.Name)
		return table.Term{}, false
	case hidden(e.Name):
		return table.Term{Kind: hiddenTerm, Up: level - s.level, Path: []string{e.Name}}, true
	}
	return table.Term{Kind: table.Ref, Up: level - s.level, Path: []string{e.Name}}, true
}

// step is a field of another term.
func (c *compiler) step(at, x ast.Expr, name string, env *scope, level int) (table.Term, bool) {
	t, ok := c.term(x, env, level)
	if !ok {
		return t, false
	}
	if t.Kind != table.Ref && t.Kind != table.Var {
		c.errorf(at, "only fields and loop variables have fields")
		return t, false
	}
	t.Path = append(t.Path[:len(t.Path):len(t.Path)], name)
	return t, true
}

func (c *compiler) interpolation(e *ast.Interpolation, env *scope, level int) (table.Term, bool) {
	first, last := e.Quotes()
	info, skip, _, err := literal.ParseQuotes(first.Value, last.Value)
	if err != nil {
		c.errorf(e, "%v", err)
		return table.Term{}, false
	}
	text := table.Term{Kind: table.Text}
	for i, elt := range e.Elts {
		if i%2 == 1 {
			t, ok := c.term(elt, env, level)
			if !ok {
				return t, false
			}
			text.Args = append(text.Args, t)
			continue
		}
		s, err := info.Unquote(elt.(*ast.BasicLit).Value[skip:])
		if err != nil {
			c.errorf(e, "%v", err)
			return table.Term{}, false
		}
		skip = 1 // the parenthesis that closes an expression
		if s != "" {
			text.Args = append(text.Args, table.Term{Kind: table.Const, Value: &table.Value{Kind: table.StringValue, Text: s}})
		}
	}
	return text, true
}

// collect is a list of comprehensions, joined.
func (c *compiler) collect(e *ast.ListLit, env *scope, level int) (table.Term, bool) {
	t := table.Term{Kind: table.Collect}
	for _, elt := range e.Elts {
		comp, ok := elt.(*ast.Comprehension)
		if !ok {
			c.errorf(elt, "only comprehensions are understood in a computed list")
			return t, false
		}
		l, yield, inner, ok := c.loop(comp, env, level)
		if !ok {
			return t, false
		}
		if l.Yield, ok = c.term(yield, inner, level); !ok {
			return t, false
		}
		t.Loops = append(t.Loops, l)
	}
	return t, true
}

// loop translates the clauses of a comprehension whose body is one expression.
func (c *compiler) loop(comp *ast.Comprehension, env *scope, level int) (l table.Loop, yield ast.Expr, inner *scope, ok bool) {
	if comp.Fallback != nil {
		c.errorf(comp.Fallback, "else is not understood")
		return l, nil, nil, false
	}
	inner = env
	for _, clause := range comp.Clauses {
		switch clause := clause.(type) {
		case *ast.ForClause:
			source, ok := c.term(clause.Source, inner, level)
			if !ok {
				return l, nil, nil, false
			}
			place := ""
			if clause.Key != nil {
				place = clause.Key.Name
			}
			inner = inner.loop(place, clause.Value.Name)
			l.Clauses = append(l.Clauses, table.Clause{For: &source})
		case *ast.IfClause:
			cond, ok := c.cond(clause.Condition, inner, level)
			if !ok {
				return l, nil, nil, false
			}
			l.Clauses = append(l.Clauses, table.Clause{If: cond})
		default:
			c.errorf(clause, "this clause is not understood")
			return l, nil, nil, false
		}
	}
	body, isLit := comp.Value.(*ast.StructLit)
	if isLit && len(body.Elts) == 1 {
		if d, ok := body.Elts[0].(*ast.EmbedDecl); ok {
			return l, d.Expr, inner, true
		}
	}
	c.errorf(comp, "a comprehension in a list yields one value")
	return l, nil, nil, false
}

// cond translates the condition of an if clause.
func (c *compiler) cond(e ast.Expr, env *scope, level int) (*table.Cond, bool) {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return c.cond(e.X, env, level)
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			x, ok := c.cond(e.X, env, level)
			return &table.Cond{Op: table.Not, Of: []*table.Cond{x}}, ok
		}
	case *ast.BinaryExpr:
		switch e.Op {
		case token.LAND, token.LOR:
			joined := &table.Cond{Op: table.And}
			if e.Op == token.LOR {
				joined.Op = table.Or
			}
			for _, o := range operands(e, e.Op) {
				x, ok := c.cond(o, env, level)
				if !ok {
					return nil, false
				}
				joined.Of = append(joined.Of, x)
			}
			return joined, true
		case token.MAT, token.NMAT:
			x, ok := c.term(e.X, env, level)
			v := c.constant(e.Y, env)
			if v == nil || v.Kind != table.StringValue {
				c.errorf(e.Y, "a pattern must be a constant string")
				return nil, false
			}
			op := table.Matches
			if e.Op == token.NMAT {
				op = table.Unlike
			}
			return &table.Cond{Op: op, X: x, Expr: c.pattern(v.Text, e.Y)}, ok
		}
		if op, ok := comparisons[e.Op]; ok {
			return c.comparison(e, op, env, level)
		}
	case *ast.Ident, *ast.SelectorExpr:
		x, ok := c.term(e, env, level)
		return &table.Cond{Op: table.True, X: x}, ok
	case *ast.CallExpr:
		if callee(e) == "list.Contains" && len(e.Args) == 2 {
			x, ok := c.term(e.Args[0], env, level)
			y, ok2 := c.term(e.Args[1], env, level)
			return &table.Cond{Op: table.Contains, X: x, Y: y}, ok && ok2
		}
	}
	c.errorf(e, "this condition is not understood")
	return nil, false
}

func (c *compiler) comparison(e *ast.BinaryExpr, op table.Op, env *scope, level int) (*table.Cond, bool) {
	x, ok := c.term(e.X, env, level)
	if !ok {
		return nil, false
	}
	if _, bottom := e.Y.(*ast.BottomLit); bottom {
		switch op {
		case table.Ne:
			return &table.Cond{Op: table.Present, X: x}, true
		case table.Eq:
			return &table.Cond{Op: table.Missing, X: x}, true
		}
		c.errorf(e, "_|_ has no order")
		return nil, false
	}
	y, ok := c.term(e.Y, env, level)
	return &table.Cond{Op: op, X: x, Y: y}, ok
}

func callee(e *ast.CallExpr) string {
	switch f := e.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); ok {
			if name, _, err := ast.LabelName(f.Sel); err == nil {
				return x.Name + "." + name
			}
		}
	}
	return ""
}
