package compile

import (
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"github.com/rollcast/rollcast/schema/table"
)

// wildcard is every scalar.
func wildcard() []form {
	return []form{
		{Scalar: table.Scalar{Kind: table.Bool}},
		{Scalar: table.Scalar{Kind: table.Number}},
		{Scalar: table.Scalar{Kind: table.String}},
	}
}

// and is what is of both types.
func (c *compiler) and(a, b *node, at ast.Node) *node {
	switch {
	case a.free() && len(a.forms) == 0:
		return b
	case b.free() && len(b.forms) == 0, a.ref != nil && a.ref == b.ref:
		return a
	}
	a, b = c.expand(a), c.expand(b)
	z := &node{name: a.name, is: a.is, any: a.any && b.any}
	if z.name == "" {
		z.name = b.name
	}
	if b.is != "" {
		z.is = b.is
	}
	z.checks = slices.Clone(a.checks)
	z.values = appendNew(a.values, b.values)
	for _, k := range b.checks {
		if !slices.ContainsFunc(z.checks, func(o table.Check) bool { return o.Name == k.Name && slices.Equal(o.Args, k.Args) }) {
			z.checks = append(z.checks, k)
		}
	}
	x, y := a.forms, b.forms
	if a.any {
		x = append(slices.Clone(x), wildcard()...)
	}
	if b.any {
		y = append(slices.Clone(y), wildcard()...)
	}
	c.spend(len(x) * len(y))
	z.forms = c.joinForms(x, y, at)
	if z.any {
		z.forms = slices.DeleteFunc(z.forms, func(f form) bool { return !f.preferred })
	}
	switch {
	case a.any && b.st != nil:
		z.st = b.st.clone()
	case b.any && a.st != nil:
		z.st = a.st.clone()
	case a.st != nil && b.st != nil:
		z.st = a.st.clone()
		c.conjoin(z.st, b.st, at)
	}
	switch {
	case a.any:
		z.list, z.filled = b.list, b.filled
	case b.any:
		z.list, z.filled = a.list, a.filled
	case a.list != nil && b.list != nil:
		z.list = c.andLists(a.list, b.list, at)
		z.filled = a.filled
		if b.filled != nil {
			z.filled = b.filled
		}
	}
	return z
}

func (c *compiler) andLists(a, b *list, at ast.Node) *list {
	l := &list{elem: c.and(a.elem, b.elem, at), min: max(a.min, b.min), max: a.max}
	if a.max < 0 || b.max >= 0 && b.max < a.max {
		l.max = b.max
	}
	return l
}

// or translates a disjunction.
func (c *compiler) or(e *ast.BinaryExpr, env *scope, level int) *node {
	z := &node{}
	var words []string
	for _, operand := range operands(e, token.OR) {
		preferred := false
		if u, ok := operand.(*ast.UnaryExpr); ok && u.Op == token.MUL {
			operand, preferred = u.X, true
		}
		n := c.expand(c.expr(operand, env, level))
		if n.is != "" || len(n.forms) != 1 || n.forms[0].constant() == nil {
			words = append(words, n.is) // constants speak for themselves
		}
		for _, f := range n.forms {
			f.Checks = append(slices.Clone(f.Checks), n.checks...)
			f.preferred = preferred || f.preferred && !preferred
			if preferred && f.constant() == nil {
				c.errorf(operand, "a default must be a constant")
			}
			z.forms = append(z.forms, f)
		}
		z.any = z.any || n.any
		z.values = appendNew(z.values, n.values)
		switch {
		case n.st == nil:
		case z.st != nil:
			c.errorf(operand, "a choice between mappings is not understood: use matchN")
		case preferred || len(n.checks) > 0:
			c.errorf(operand, "a mapping with a default or a check is not understood in a disjunction")
		default:
			z.st = n.st
		}
		switch {
		case n.list == nil:
		case preferred && n.list.max == 0:
			z.filled = &table.Value{Kind: table.ListValue}
			if z.list == nil {
				z.list = n.list
			}
		case preferred || len(n.checks) > 0:
			c.errorf(operand, "only the empty list may be a default")
		case z.list != nil && z.list.max != 0:
			c.errorf(operand, "a choice between lists is not understood")
		default:
			z.list = n.list
		}
	}
	if z.filled != nil && z.list.min > 0 {
		c.errorf(e, "the default has too few elements")
	}
	z.forms = c.distinct(z.forms)
	if !slices.Contains(words, "") {
		z.is = strings.Join(words, " or ")
	}
	return z
}

// operands flattens a chain of one binary operator.
func operands(e ast.Expr, op token.Token) []ast.Expr {
	switch x := e.(type) {
	case *ast.BinaryExpr:
		if x.Op == op {
			return append(operands(x.X, op), operands(x.Y, op)...)
		}
	case *ast.ParenExpr:
		if inner, ok := x.X.(*ast.BinaryExpr); ok && inner.Op == op {
			return operands(inner, op)
		}
	}
	return []ast.Expr{e}
}
