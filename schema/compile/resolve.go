package compile

import (
	"slices"
	"strings"

	"cuelang.org/go/cue/token"

	"github.com/rollcast/rollcast/schema/table"
)

// resolve puts the definitions of hidden fields in the place of their names.
// at holds the complete mappings around the term; r is the rule that asks, for
// its position.
func (c *compiler) resolve(t table.Term, at place, r *rule) table.Term {
	if t.Kind == hiddenTerm {
		return c.hiddenValue(t, at, r)
	}
	t.Args = slices.Clone(t.Args)
	for i := range t.Args {
		t.Args[i] = c.resolve(t.Args[i], at, r)
	}
	var loops []table.Loop
	for _, l := range t.Loops {
		l.Yield = c.resolve(l.Yield, at, r)
		l.Clauses = slices.Clone(l.Clauses)
		for j, k := range l.Clauses {
			if k.For != nil {
				source := c.resolve(*k.For, at, r)
				l.Clauses[j].For = &source
			}
			l.Clauses[j].If = c.resolveCond(k.If, at, r)
		}
		loops = append(loops, l)
	}
	t.Loops = loops
	return t
}

func (c *compiler) resolveCond(x *table.Cond, at place, r *rule) *table.Cond {
	if x == nil {
		return nil
	}
	y := *x
	if x.X.Kind != 0 {
		y.X = c.resolve(x.X, at, r)
	}
	if x.Y.Kind != 0 {
		y.Y = c.resolve(x.Y, at, r)
	}
	y.Of = nil
	for _, o := range x.Of {
		y.Of = append(y.Of, c.resolveCond(o, at, r))
	}
	return &y
}

// hiddenValue is what a hidden field is: what one declaration says, as seen
// from the place that asks. A parameter that nothing sets is the empty list.
func (c *compiler) hiddenValue(t table.Term, at place, r *rule) table.Term {
	pos := token.NoPos
	if r != nil {
		pos = r.pos
	}
	i := len(at) - 1 - t.Up
	if i < 0 {
		c.errorAt(pos, "%s is not known here", t.Path[0])
		return table.Term{Kind: table.Collect}
	}
	terms := at[i].hidden[t.Path[0]]
	switch len(terms) {
	case 0:
		return table.Term{Kind: table.Collect}
	case 1:
		return c.resolve(shiftTerm(terms[0], t.Up), at, r)
	}
	if !slices.ContainsFunc(terms, func(o table.Term) bool { return renderTerm(o) != renderTerm(terms[0]) }) {
		return c.resolve(shiftTerm(terms[0], t.Up), at, r)
	}
	c.errorAt(pos, "%s is declared with several values", t.Path[0])
	return table.Term{Kind: table.Collect}
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
	case table.And:
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
