package evaluate

import (
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"github.com/rollcast/rollcast/manifest"
)

// expression is a node as CUE.
func expression(n *manifest.Node) ast.Expr {
	switch n.Kind {
	case manifest.Bool:
		return ast.NewBool(n.Text == "true")
	case manifest.Int:
		return ast.NewLit(token.INT, n.Text)
	case manifest.Float:
		return ast.NewLit(token.FLOAT, n.Text)
	case manifest.String:
		return ast.NewString(n.Text)
	case manifest.Sequence:
		l := &ast.ListLit{}
		for _, item := range n.Items {
			l.Elts = append(l.Elts, expression(item))
		}
		return l
	case manifest.Mapping:
		s := &ast.StructLit{}
		for _, p := range n.Pairs {
			s.Elts = append(s.Elts, &ast.Field{Label: ast.NewString(p.Key.Text), Value: expression(p.Value)})
		}
		return s
	default:
		return ast.NewNull()
	}
}
