package compile

import (
	"maps"
	"slices"
	"sort"
	"strconv"
	"strings"

	"cuelang.org/go/cue/token"

	"github.com/rollcast/rollcast/schema/table"
)

// A resolver finishes the terms of a rule once the mappings around it are
// complete. It puts the definitions of hidden fields in the place of their
// names, finds the fields that terms name, and refuses to read one that may be
// absent: for CUE that would be an error in every document without it.
type resolver struct {
	c     *compiler
	at    place
	pos   token.Pos
	known map[string]bool // fields that a condition has tested for
	vars  []variable
}

// A variable is a loop variable: the name of its source, and its type.
type variable struct {
	typ *node // nil where it is not known
}

func (c *compiler) resolver(at place, pos token.Pos) *resolver {
	return &resolver{c: c, at: at, pos: pos, known: maps.Clone(at.known)}
}

func (r *resolver) errorf(format string, args ...any) { r.c.errorAt(r.pos, format, args...) }

// term resolves a term that must have a value.
func (r *resolver) term(t table.Term) table.Term {
	t, _ = r.value(t, true)
	return t
}

// value resolves a term and tells its type, nil where that is not known. must
// says that the term may not be absent.
func (r *resolver) value(t table.Term, must bool) (table.Term, *node) {
	switch t.Kind {
	case hiddenTerm:
		return r.value(r.hidden(t), must)
	case table.Ref:
		i := len(r.at.around) - 1 - t.Up
		if i < 0 {
			r.errorf("%s is not known here", strings.Join(t.Path, "."))
			return t, nil
		}
		s := r.at.around[i]
		t.Field = uint8(s.rank(t.Path[0]) + 1)
		return t, r.path(&node{st: s}, "f"+strconv.Itoa(i), t.Path, must)
	case table.Var:
		if t.N >= len(r.vars) {
			r.errorf("a loop variable is used outside its loop")
			return t, nil
		}
		return t, r.path(r.vars[t.N].typ, "v"+strconv.Itoa(t.N), t.Path, must)
	case table.Length, table.Text:
		t.Args = slices.Clone(t.Args)
		for i := range t.Args {
			t.Args[i] = r.term(t.Args[i])
		}
	case table.Collect:
		return r.collection(t)
	}
	return t, nil
}

// path follows fields from a type, and reports one that may be absent.
func (r *resolver) path(n *node, from string, path []string, must bool) *node {
	name := from
	for i, key := range path {
		name += "." + key
		if n == nil {
			return nil
		}
		s := r.c.expand(n).st
		if s == nil {
			if !r.c.expand(n).any {
				r.errorf("%s has no fields", strings.Join(path[:i], "."))
			}
			return nil
		}
		f := s.fields[key]
		if f == nil || f.implied {
			if !s.open && len(s.keys) == 0 {
				r.errorf("there is no field %s", strings.Join(path[:i+1], "."))
				return nil
			}
			if must && !r.known[name] {
				r.errorf("%s may be absent here: test for it with if first", strings.Join(path[:i+1], "."))
			}
			n = nil
			if len(s.keys) == 1 {
				n = s.keys[0].elem
			}
			continue
		}
		// A presence test is false where an outer field is missing, so that
		// it need not be tested for.
		if must && f.Presence == table.Optional && !r.known[name] {
			r.errorf("%s may be absent here: test for it with if first", strings.Join(path[:i+1], "."))
		}
		n = f.typ
	}
	return n
}

// rank is the place of a field among those that the table will have.
func (s *structure) rank(name string) int {
	var names []string
	for n, f := range s.fields {
		if !f.implied {
			names = append(names, n)
		}
	}
	sort.Strings(names)
	if i, ok := slices.BinarySearch(names, name); ok {
		return i
	}
	return -1
}

func (r *resolver) collection(t table.Term) (table.Term, *node) {
	var elem *node
	var loops []table.Loop
	up := len(r.at.around)
	for _, l := range t.Loops {
		inner := &resolver{c: r.c, at: r.at, pos: r.pos, known: maps.Clone(r.known), vars: slices.Clone(r.vars)}
		l.Clauses = slices.Clone(l.Clauses)
		for j, k := range l.Clauses {
			if k.For != nil {
				source, typ := inner.value(*k.For, true)
				l.Clauses[j].For = &source
				inner.vars = append(inner.vars, variable{r.c.elementOf(typ)})
				up = min(up, reach(source))
				continue
			}
			l.Clauses[j].If = inner.cond(k.If)
			up = min(up, condReach(l.Clauses[j].If))
		}
		l.Yield, elem = inner.value(l.Yield, true)
		up = min(up, reach(l.Yield))
		loops = append(loops, l)
	}
	t.Loops = loops
	if t.Up = up; len(loops) == 0 || up == len(r.at.around) {
		t.Up = 0
	}
	if elem == nil {
		return t, nil
	}
	return t, &node{list: &list{elem: elem, max: -1}}
}

// elementOf is the type of what a loop goes through.
func (c *compiler) elementOf(n *node) *node {
	if n == nil {
		return nil
	}
	n = c.expand(n)
	switch {
	case n.list != nil:
		return n.list.elem
	case n.st != nil && len(n.st.keys) == 1:
		return n.st.keys[0].elem
	}
	return nil
}

// reach is how far the nearest mapping is above the rule that a term reads from:
// whatever is nearer does not change the term's value.
func reach(t table.Term) int {
	up := 1 << 10
	switch t.Kind {
	case table.Ref, table.Collect:
		up = t.Up
	}
	for _, a := range t.Args {
		up = min(up, reach(a))
	}
	return up
}

func condReach(x *table.Cond) int {
	up := min(reach(x.X), reach(x.Y))
	for _, o := range x.Of {
		up = min(up, condReach(o))
	}
	return up
}

// cond resolves a condition. What a chain has tested for is known afterwards.
func (r *resolver) cond(x *table.Cond) *table.Cond {
	if x == nil {
		return nil
	}
	y := r.part(x)
	r.learn(y)
	return y
}

func (r *resolver) part(x *table.Cond) *table.Cond {
	y := *x
	y.Of = nil
	for _, o := range x.Of {
		z := r.part(o)
		y.Of = append(y.Of, z)
		if x.Op == table.Chain {
			r.learn(z)
		}
	}
	if x.X.Kind != 0 {
		y.X, _ = r.value(x.X, x.Op != table.Present && x.Op != table.Missing)
	}
	if x.Y.Kind != 0 {
		y.Y = r.term(x.Y)
	}
	return &y
}

// learn notes the fields that are there if a condition holds.
func (r *resolver) learn(x *table.Cond) {
	switch x.Op {
	case table.And, table.Chain:
		for _, o := range x.Of {
			r.learn(o)
		}
	case table.Present:
		from := "v" + strconv.Itoa(x.X.N)
		if x.X.Kind == table.Ref {
			from = "f" + strconv.Itoa(len(r.at.around)-1-x.X.Up)
		}
		if r.known == nil {
			r.known = map[string]bool{}
		}
		for _, key := range x.X.Path {
			from += "." + key
			r.known[from] = true
		}
	}
}

// hidden is what a hidden field is: what one declaration says, as seen from the
// place that asks. A parameter that nothing sets is the empty list.
func (r *resolver) hidden(t table.Term) table.Term {
	i := len(r.at.around) - 1 - t.Up
	if i < 0 {
		r.errorf("%s is not known here", t.Path[0])
		return table.Term{Kind: table.Collect}
	}
	terms, declared := r.at.around[i].hidden[t.Path[0]]
	for _, s := range r.at.added[i] {
		more, ok := s.hidden[t.Path[0]]
		terms, declared = append(terms[:len(terms):len(terms)], more...), declared || ok
	}
	if !declared {
		r.errorf("%s is not known here", t.Path[0])
	}
	if len(terms) == 0 {
		return table.Term{Kind: table.Collect}
	}
	for _, o := range terms[1:] {
		if renderTerm(o) != renderTerm(terms[0]) {
			r.errorf("%s is declared with several values", t.Path[0])
		}
	}
	return shiftVars(shiftTerm(terms[0], t.Up), len(r.vars))
}

// inSentence says a condition as a message does: "type is Recreate",
// "hostNetwork is true".
func inSentence(x *table.Cond, t *table.Table) string {
	join := func(word string) string {
		var parts []string
		for _, o := range x.Of {
			if s := inSentence(o, t); s != "" && !slices.Contains(parts, s) {
				parts = append(parts, s)
			}
		}
		return strings.Join(parts, word)
	}
	name, value := termName(x.X), termName(x.Y)
	if name == "" && len(x.Of) == 0 {
		return ""
	}
	switch x.Op {
	case table.And, table.Chain:
		return joinGuards(x, t)
	case table.Or:
		if s, ok := oneOfValues(x); ok {
			return s
		}
		return join(" or ")
	case table.Not:
		if x.Of[0].Op == table.True {
			return termName(x.Of[0].X) + " is false"
		}
		if s := inSentence(x.Of[0], t); s != "" {
			return "not (" + s + ")"
		}
		return ""
	case table.Present:
		return name + " is set"
	case table.Missing:
		return name + " is not set"
	case table.True:
		return name + " is true"
	}
	if value == "" {
		return ""
	}
	words := map[table.Op]string{
		table.Eq: " is ", table.Ne: " is not ", table.Lt: " is below ", table.Le: " is at most ",
		table.Gt: " is above ", table.Ge: " is at least ",
	}
	if w := words[x.Op]; w != "" {
		if x.X.Kind == table.Length && x.Op == table.Gt && value == "0" {
			return termName(x.X.Args[0]) + " is not empty"
		}
		return name + w + value
	}
	return ""
}

// joinGuards joins with "and"; that a field is set goes without saying where
// the next part speaks of its value.
func joinGuards(x *table.Cond, t *table.Table) string {
	var parts []string
	for i, o := range x.Of {
		if o.Op == table.Present && i+1 < len(x.Of) {
			name := termName(o.X)
			covered := slices.ContainsFunc(x.Of[i+1:], func(p *table.Cond) bool { return strings.Contains(inSentence(p, t), name) })
			if covered {
				continue
			}
		}
		s := inSentence(o, t)
		if s == "" {
			return ""
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, " and ")
}

// oneOfValues says "operator is In or NotIn".
func oneOfValues(x *table.Cond) (string, bool) {
	var values []string
	for _, o := range x.Of {
		if o.Op != table.Eq || renderTerm(o.X) != renderTerm(x.Of[0].X) || termName(o.Y) == "" {
			return "", false
		}
		values = append(values, termName(o.Y))
	}
	name := termName(x.Of[0].X)
	return name + " is " + strings.Join(values, " or "), name != ""
}

// termName is how a message names a term, "" where it cannot.
func termName(t table.Term) string {
	switch t.Kind {
	case table.Const:
		if t.Value.Text == "" && t.Value.Kind == table.StringValue {
			return "empty"
		}
		return t.Value.Text
	case table.Ref:
		return strings.Join(t.Path, ".")
	case table.Length:
		if n := termName(t.Args[0]); n != "" {
			return "the length of " + n
		}
	case table.Text:
		if len(t.Args) == 1 {
			return termName(t.Args[0])
		}
	}
	return ""
}
