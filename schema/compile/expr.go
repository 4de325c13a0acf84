package compile

import (
	"math"
	"strconv"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"

	"github.com/rollcast/rollcast/schema/table"
)

var ranges = map[string]struct {
	bits     uint8
	min, max int64
}{
	"int32": {32, math.MinInt32, math.MaxInt32},
	"int64": {64, math.MinInt64, math.MaxInt64},
}

// expr translates an expression that stands where a type may stand. level is
// the level that a mapping there would have: 0 for the root of a definition.
func (c *compiler) expr(e ast.Expr, env *scope, level int) *node {
	c.spend(1)
	switch e := e.(type) {
	case *ast.ParenExpr:
		return c.expr(e.X, env, level)
	case *ast.BottomLit:
		return nothing()
	case *ast.BasicLit, *ast.Interpolation:
		if v := c.constant(e, env); v != nil {
			return &node{forms: []form{constantForm(*v)}}
		}
		return c.compared(e, table.Eq, env, level)
	case *ast.Ident:
		return c.ident(e, env, level)
	case *ast.SelectorExpr:
		if d := c.imported(e, env); d != nil {
			return &node{ref: d}
		}
		return c.compared(e, table.Eq, env, level)
	case *ast.UnaryExpr:
		return c.unary(e, env, level)
	case *ast.BinaryExpr:
		switch e.Op {
		case token.AND:
			return c.and(c.expr(e.X, env, level), c.expr(e.Y, env, level), e)
		case token.OR:
			return c.or(e, env, level)
		}
	case *ast.CallExpr:
		return c.call(e, env, level)
	case *ast.ListLit:
		return c.listLit(e, env, level)
	case *ast.StructLit:
		return c.structLit(e, env, level)
	}
	c.errorf(e, "this expression is not understood as a type")
	return anything()
}

func (c *compiler) ident(e *ast.Ident, env *scope, level int) *node {
	if s := env.find(e.Name); s != nil {
		if l, ok := s.locals[e.Name]; ok && s.bound == nil {
			return c.local(e, l, s, level)
		}
		return c.compared(e, table.Eq, env, level)
	}
	if d, ok := c.defs[e.Name]; ok {
		if v := c.constant(e, env); v != nil {
			return &node{forms: []form{constantForm(*v)}}
		}
		return &node{ref: d}
	}
	kind := func(s table.Scalar) *node { return &node{forms: []form{{Scalar: s}}} }
	switch e.Name {
	case "_":
		return anything()
	case "string":
		return kind(table.Scalar{Kind: table.String})
	case "bool":
		return kind(table.Scalar{Kind: table.Bool})
	case "int":
		return kind(table.Scalar{Kind: table.Int})
	case "number":
		return kind(table.Scalar{Kind: table.Number})
	case "int32", "int64":
		r := ranges[e.Name]
		return kind(table.Scalar{Kind: table.Int, Bits: r.bits, Min: &table.Limit{N: r.min}, Max: &table.Limit{N: r.max}})
	}
	c.errorf(e, "the name %s is not understood here", e.Name)
	return anything()
}

// local translates a definition inside a literal where it is used, so that what
// it says of the fields around it fits the place.
func (c *compiler) local(at *ast.Ident, e ast.Expr, s *scope, level int) *node {
	if c.depth++; c.depth > 50 {
		c.errorf(at, "%s contains itself: only definitions at the top may", at.Name)
		c.depth--
		return anything()
	}
	n := c.expr(e, s, level)
	c.depth--
	if n.st != nil {
		n.st.literal = false
	}
	return n
}

// compared is a scalar that is only limited by a comparison with a computed
// value.
func (c *compiler) compared(e ast.Expr, op table.Op, env *scope, level int) *node {
	t, ok := c.term(e, env, level-1)
	if !ok {
		return anything()
	}
	forms := wildcard()
	if op != table.Eq && op != table.Ne && op != table.In {
		forms = []form{{Scalar: table.Scalar{Kind: table.Number}}}
	}
	return boundTo(table.Bound{Op: op, To: t}, forms)
}

func boundTo(b table.Bound, forms []form) *node {
	for i := range forms {
		forms[i].Bounds = []table.Bound{b}
	}
	return &node{forms: forms}
}

func (c *compiler) unary(e *ast.UnaryExpr, env *scope, level int) *node {
	switch e.Op {
	case token.SUB:
		if v := c.constant(e, env); v != nil {
			return &node{forms: []form{constantForm(*v)}}
		}
	case token.MUL:
		c.errorf(e, "a default stands only in a disjunction")
		return anything()
	case token.MAT, token.NMAT:
		v := c.constant(e.X, env)
		if v == nil || v.Kind != table.StringValue {
			c.errorf(e, "a pattern must be a constant string")
			return anything()
		}
		p := table.Pattern{Expr: c.pattern(v.Text, e), Not: e.Op == token.NMAT}
		return &node{forms: []form{{Scalar: table.Scalar{Kind: table.String, Patterns: []table.Pattern{p}}}}}
	case token.GEQ, token.GTR, token.LEQ, token.LSS, token.NEQ:
		v := c.constant(e.X, env)
		if v == nil {
			return c.compared(e.X, comparisons[e.Op], env, level)
		}
		return c.limited(e, e.Op, *v)
	}
	c.errorf(e, "the operator %s is not understood here", e.Op)
	return anything()
}

var comparisons = map[token.Token]table.Op{
	token.EQL: table.Eq, token.NEQ: table.Ne,
	token.LSS: table.Lt, token.LEQ: table.Le,
	token.GTR: table.Gt, token.GEQ: table.Ge,
}

// limited is a bound with a constant.
func (c *compiler) limited(e ast.Node, op token.Token, v table.Value) *node {
	s := table.Scalar{Kind: constantForm(v).Kind}
	if s.Kind == table.Int {
		s.Kind = table.Number
	}
	if op == token.NEQ {
		s.Not = []string{v.Text}
		return &node{forms: []form{{Scalar: s}}}
	}
	if s.Kind != table.Number {
		c.errorf(e, "only numbers have an order here")
		return anything()
	}
	n, err := strconv.ParseInt(v.Text, 10, 64)
	if err != nil {
		c.errorf(e, "a limit must be a 64-bit integer")
	}
	limit := &table.Limit{N: n, Open: op == token.GTR || op == token.LSS}
	if op == token.GTR || op == token.GEQ {
		s.Min = limit
	} else {
		s.Max = limit
	}
	return &node{forms: []form{{Scalar: s}}}
}

// constant is the value of an expression that no document can change, or nil.
func (c *compiler) constant(e ast.Expr, env *scope) *table.Value {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return c.constant(e.X, env)
	case *ast.BasicLit:
		switch e.Kind {
		case token.STRING:
			s, err := literal.Unquote(e.Value)
			if err != nil {
				c.errorf(e, "%v", err)
			}
			return &table.Value{Kind: table.StringValue, Text: s}
		case token.INT:
			var n literal.NumInfo
			if err := literal.ParseNum(e.Value, &n); err != nil || !n.IsInt() {
				c.errorf(e, "the number is not understood")
			}
			return &table.Value{Kind: table.IntValue, Text: n.String()}
		case token.TRUE, token.FALSE:
			return &table.Value{Kind: table.BoolValue, Text: e.Value}
		}
		c.errorf(e, "the literal %s is not understood: only strings, integers and booleans are", e.Value)
	case *ast.UnaryExpr:
		if v := c.constant(e.X, env); e.Op == token.SUB && v != nil && v.Kind == table.IntValue {
			return &table.Value{Kind: table.IntValue, Text: "-" + v.Text}
		}
	case *ast.Ident:
		if env.declares(e.Name) {
			return nil
		}
		if d, ok := c.defs[e.Name]; ok && len(d.decls) == 1 && len(d.decls[0].Attrs) == 0 {
			if c.naming++; c.naming > 100 { // a name that means itself
				c.naming--
				return nil
			}
			v := c.constant(d.decls[0].Value, nil)
			c.naming--
			return v
		}
	}
	return nil
}
