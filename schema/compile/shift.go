package compile

import (
	"slices"

	"github.com/rollcast/rollcast/schema/table"
)

// A mover changes each term of a condition or collection.
type mover func(table.Term) table.Term

// shiftCond is a condition as seen from a mapping further down: what was n
// mappings up is n+up.
func shiftCond(x *table.Cond, up int) *table.Cond {
	if up == 0 || x == nil {
		return x
	}
	return shiftUp(up).cond(x)
}

func shiftTerm(t table.Term, up int) table.Term {
	if up == 0 {
		return t
	}
	return shiftUp(up).term(t)
}

func shiftUp(up int) mover {
	return func(t table.Term) table.Term {
		if t.Kind == table.Ref || t.Kind == hiddenTerm {
			t.Up += up
		}
		return t
	}
}

// shiftVars is a term as seen from inside so many loops.
func shiftVars(t table.Term, loops int) table.Term {
	if loops == 0 {
		return t
	}
	return mover(func(t table.Term) table.Term {
		if t.Kind == table.Var || t.Kind == table.Place {
			t.N += loops
		}
		return t
	}).term(t)
}

func (m mover) term(t table.Term) table.Term {
	t = m(t)
	t.Args = slices.Clone(t.Args)
	for i := range t.Args {
		t.Args[i] = m.term(t.Args[i])
	}
	t.Loops = slices.Clone(t.Loops)
	for i, l := range t.Loops {
		l.Yield = m.term(l.Yield)
		l.Clauses = slices.Clone(l.Clauses)
		for j, k := range l.Clauses {
			if k.For != nil {
				source := m.term(*k.For)
				l.Clauses[j].For = &source
			}
			l.Clauses[j].If = m.cond(k.If)
		}
		t.Loops[i] = l
	}
	return t
}

func (m mover) cond(x *table.Cond) *table.Cond {
	if x == nil {
		return nil
	}
	y := *x
	y.X, y.Y = m.term(x.X), m.term(x.Y)
	y.Of = nil
	for _, o := range x.Of {
		y.Of = append(y.Of, m.cond(o))
	}
	return &y
}
