package folder

import (
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// requires are the facts without which no findings rule of the module can hold, a
// list for each of its findings rules, of which one has to be there; nil where one
// of them needs nothing. Facts are written as paths: context.budgets[] is one budget at least, pod.hostNetwork? is a
// fact that is not false, pod.volumes[].used~ one that is false or absent,
// update.type=OnDelete has that value, replicas.min>=2 such a number, and
// context.budgets#>1 such a length. They are read off the expressions that have to
// be defined, so that a subject which lacks one need not be asked.
func requires(m *ast.Module) (either [][]string) {
	for _, r := range m.Rules {
		if r.Head.Name != "findings" {
			continue
		}
		all := shortest(slices.Sorted(maps.Keys(needsOf(r))))
		if len(all) == 0 {
			return nil
		}
		either = append(either, all)
	}
	return either
}

// shortest leaves out what another path of the list says as well:
// context.budgets[].spare says all that context.budgets[] says.
func shortest(list []string) []string {
	return slices.DeleteFunc(list, func(p string) bool {
		return slices.ContainsFunc(list, func(longer string) bool {
			rest, ok := strings.CutPrefix(longer, p)
			return ok && rest != "" && strings.ContainsAny(rest[:1], ".[?=<>!#~")
		})
	})
}

// needs collects paths; bound are the variables that stand for one.
type needs struct {
	paths map[string]bool
	bound map[ast.Var]string
}

func needsOf(r *ast.Rule) map[string]bool {
	n := needs{map[string]bool{}, map[ast.Var]string{}}
	for range r.Body { // a variable may be bound below where it is used
		for _, e := range r.Body {
			n.expr(e)
		}
	}
	if r.Head.Key != nil {
		n.term(r.Head.Key)
	}
	return n.paths
}

func (n needs) expr(e *ast.Expr) {
	if len(e.With) > 0 {
		return
	}
	if e.Negated {
		n.absent(e)
		return
	}
	switch t := e.Terms.(type) {
	case *ast.Term:
		n.term(t)
		if p, ok := n.path(t); ok {
			n.paths[p+"?"] = true
		}
	case *ast.SomeDecl:
		if in, ok := t.Symbols[0].Value.(ast.Call); ok {
			n.term(in[len(in)-1])
			n.bind(in[len(in)-2], in[len(in)-1], "[]")
		}
	case []*ast.Term:
		for _, argument := range t[1:] {
			n.term(argument)
		}
		switch operator := t[0].String(); {
		case len(t) != 3:
		case operator == "assign" || operator == "eq":
			n.bind(t[1], t[2], "")
		case operator == "equal":
			n.equal(t[1], t[2])
			n.equal(t[2], t[1])
			n.compare(t[1], "==", t[2])
		case comparisons[operator] != "":
			n.compare(t[1], comparisons[operator], t[2])
		}
	}
}

func (n needs) bind(to, from *ast.Term, step string) {
	p, ok := n.path(from)
	if v, isVar := to.Value.(ast.Var); ok && isVar {
		n.bound[v] = p + step
		n.paths[p+step] = true
	}
}

func (n needs) equal(fact, value *ast.Term) {
	p, ok := n.path(fact)
	if s, isString := value.Value.(ast.String); ok && isString {
		n.paths[p+"="+string(s)] = true
	}
}

var comparisons = map[string]string{"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}

// compare collects a comparison of a fact, or of how many there are, with a
// number.
func (n needs) compare(fact *ast.Term, operator string, value *ast.Term) {
	number, isNumber := value.Value.(ast.Number)
	if !isNumber {
		return
	}
	counted := ""
	if call, isCall := fact.Value.(ast.Call); isCall && len(call) == 2 && call[0].String() == "count" {
		counted, fact = "#", call[1]
	}
	if p, ok := n.path(fact); ok && !(counted != "" && strings.Contains(p, "[]")) {
		n.paths[p+counted+operator+number.String()] = true
	}
}

// absent collects a fact that has to be false or absent: not volume.used. What
// is looked for below a list is absent from all of its items, and not collected.
func (n needs) absent(e *ast.Expr) {
	t, isTerm := e.Terms.(*ast.Term)
	if !isTerm {
		return
	}
	ref, isRef := t.Value.(ast.Ref)
	if !isRef {
		return
	}
	for _, step := range ref[1:] {
		if _, isKey := step.Value.(ast.String); !isKey {
			return
		}
	}
	if p, ok := n.path(t); ok {
		n.paths[p+"~"] = true
	}
}

// term collects what has to be defined for the term to be; a comprehension
// always is.
func (n needs) term(t *ast.Term) {
	ast.NewGenericVisitor(func(x any) bool {
		switch x := x.(type) {
		case *ast.ArrayComprehension, *ast.SetComprehension, *ast.ObjectComprehension, *ast.TemplateString:
			return true
		case *ast.Term:
			if p, ok := n.path(x); ok {
				n.paths[p] = true
			}
			n.first(x)
		}
		return false
	}).Walk(t)
}

// first collects what the first of a comprehension's values needs: [c | …][0].
func (n needs) first(t *ast.Term) {
	ref, _ := t.Value.(ast.Ref)
	if len(ref) < 2 {
		return
	}
	if c, ok := ref[0].Value.(*ast.ArrayComprehension); ok {
		inner := needs{n.paths, maps.Clone(n.bound)}
		for _, e := range c.Body {
			inner.expr(e)
		}
		inner.term(c.Term)
	}
}

// path is that of a reference to the input, as far as it is known.
func (n needs) path(t *ast.Term) (p string, ok bool) {
	ref, isRef := t.Value.(ast.Ref)
	if !isRef {
		return "", false
	}
	root, _ := ref[0].Value.(ast.Var)
	if p, ok = n.bound[root]; !ok && !ref[0].Equal(ast.InputRootDocument) {
		return "", false
	}
	for _, step := range ref[1:] {
		key, isKey := step.Value.(ast.String)
		switch {
		case !isKey:
			p += "[]"
		case p == "":
			p = string(key)
		default:
			p += "." + string(key)
		}
	}
	return p, p != ""
}
