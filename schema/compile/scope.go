package compile

import (
	"strings"

	"cuelang.org/go/cue/ast"
)

// A scope is a mapping literal, or a comprehension, around an expression.
// Names mean what the innermost scope that declares them says.
type scope struct {
	outer  *scope
	level  int // of the mapping: 0 for the root of a definition
	names  map[string]bool
	locals map[string]ast.Expr // definitions inside the literal
	bound  map[string]closure  // its parameters; then no other field of it can be read
	vars   map[string]int      // loop variables, counted from the outermost
	places map[string]int      // the index or key variables of the same loops
	loops  int
}

// A closure is an expression with the scope that it stands in.
type closure struct {
	expr ast.Expr
	env  *scope
}

func newScope(outer *scope, level int, e *ast.StructLit) *scope {
	s := &scope{outer: outer, level: level, names: map[string]bool{}, locals: map[string]ast.Expr{}}
	if outer != nil {
		s.loops = outer.loops
	}
	for _, d := range e.Elts {
		f, ok := d.(*ast.Field)
		if !ok {
			continue
		}
		name, ok := identLabel(f.Label)
		if !ok {
			continue
		}
		s.names[name] = true
		if local(name) {
			s.locals[name] = f.Value
		}
	}
	return s
}

// loop is the scope after "for place, name in …".
func (s *scope) loop(place, name string) *scope {
	t := &scope{outer: s, vars: map[string]int{}, places: map[string]int{}}
	if s != nil {
		t.level, t.loops = s.level, s.loops
	}
	if place != "" && place != "_" {
		t.places[place] = t.loops
	}
	if name != "_" {
		t.vars[name] = t.loops
	}
	t.loops++
	return t
}

// find is the innermost scope that declares the name, or nil.
func (s *scope) find(name string) *scope {
	for ; s != nil; s = s.outer {
		if s.names[name] {
			return s
		}
		if _, ok := s.vars[name]; ok {
			return s
		}
		if _, ok := s.places[name]; ok {
			return s
		}
	}
	return nil
}

func (s *scope) declares(name string) bool { return s.find(name) != nil }

func hidden(name string) bool { return strings.HasPrefix(name, "_") && name != "_" }

func local(name string) bool { return strings.HasPrefix(name, "#") }
