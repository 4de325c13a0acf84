package compile

import (
	"regexp"
	"slices"
	"strconv"
	"unicode/utf8"

	"cuelang.org/go/cue/ast"

	"github.com/rollcast/rollcast/schema/table"
)

// constant is the one value that the form accepts, or nil. Limits that need
// the document do not count: a default is a constant even if a comparison with
// a sibling may rule it out.
func (f *form) constant() *table.Value {
	if len(f.Values) != 1 {
		return nil
	}
	v := &table.Value{Text: f.Values[0]}
	switch f.Kind {
	case table.Bool:
		v.Kind = table.BoolValue
	case table.Int, table.Number:
		v.Kind = table.IntValue
	case table.String:
		v.Kind = table.StringValue
	}
	return v
}

func constantForm(v table.Value) form {
	f := form{Scalar: table.Scalar{Values: []string{v.Text}}}
	switch v.Kind {
	case table.BoolValue:
		f.Kind = table.Bool
	case table.IntValue:
		f.Kind = table.Int
	default:
		f.Kind = table.String
	}
	return f
}

// forms joins two choices: each form of one with each of the other. Where both
// have preferred forms, only what two of them share is preferred, as in CUE.
func (c *compiler) joinForms(a, b []form, at ast.Node) []form {
	prefersA, prefersB := prefers(a), prefers(b)
	var out []form
	for _, x := range a {
		for _, y := range b {
			z, ok := c.joinForm(x, y, at)
			if !ok {
				continue
			}
			z.preferred = (x.preferred || !prefersA) && (y.preferred || !prefersB) && (prefersA || prefersB)
			out = append(out, z)
		}
	}
	return c.distinct(out)
}

func prefers(forms []form) bool {
	return slices.ContainsFunc(forms, func(f form) bool { return f.preferred })
}

// distinct drops a constant that occurs twice; the preferred one stays.
func (c *compiler) distinct(forms []form) []form {
	var out []form
next:
	for _, f := range forms {
		for i := range out {
			g := &out[i]
			if f.Kind == g.Kind && len(f.Values) == 1 && slices.Equal(f.Values, g.Values) && len(f.Bounds)+len(g.Bounds) == 0 && len(f.Checks)+len(g.Checks) == 0 {
				g.preferred = g.preferred || f.preferred
				continue next
			}
		}
		out = append(out, f)
	}
	return out
}

// joinForm is what satisfies both forms; ok is false where nothing does.
func (c *compiler) joinForm(a, b form, at ast.Node) (z form, ok bool) {
	switch {
	case a.Kind == b.Kind:
	case a.Kind == table.Int && b.Kind == table.Number, a.Kind == table.Number && b.Kind == table.Int:
		a.Kind = table.Int
	default:
		return z, false
	}
	z = a
	z.Bits = max(a.Bits, b.Bits)
	if a.Bits != 0 && b.Bits != 0 {
		z.Bits = min(a.Bits, b.Bits)
	}
	z.Not = appendNew(a.Not, b.Not)
	z.Patterns = appendNew(a.Patterns, b.Patterns)
	z.Bounds = slices.Concat(a.Bounds, b.Bounds)
	z.Checks = slices.Concat(a.Checks, b.Checks)
	z.Min, z.Max = tighter(a.Min, b.Min, 1), tighter(a.Max, b.Max, -1)
	z.MinRunes = max(a.MinRunes, b.MinRunes)
	if z.MaxRunes == 0 || b.MaxRunes != 0 && b.MaxRunes < z.MaxRunes {
		z.MaxRunes = b.MaxRunes
	}
	switch {
	case a.Values != nil && b.Values != nil:
		z.Values = nil
		for _, v := range a.Values {
			if slices.Contains(b.Values, v) {
				z.Values = append(z.Values, v)
			}
		}
	case b.Values != nil:
		z.Values = b.Values
	}
	if z.Values == nil {
		return z, a.Values == nil && b.Values == nil && feasible(z)
	}
	// The limits have said what they have to say about a list of values.
	kept := z.Values[:0:0]
	for _, v := range z.Values {
		if c.allows(&z.Scalar, v) {
			kept = append(kept, v)
		}
	}
	z.Values = kept
	z.Not, z.Patterns, z.Min, z.Max, z.MinRunes, z.MaxRunes = nil, nil, nil, nil, 0, 0
	return z, len(kept) > 0
}

// feasible reports whether a number can lie between the limits.
func feasible(f form) bool {
	if f.Min == nil || f.Max == nil {
		return true
	}
	if f.Min.Open || f.Max.Open {
		return f.Min.N < f.Max.N
	}
	return f.Min.N <= f.Max.N
}

// tighter is the limit that leaves less; sign is 1 for lower limits.
func tighter(a, b *table.Limit, sign int64) *table.Limit {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	case a.N*sign > b.N*sign, a.N == b.N && a.Open:
		return a
	}
	return b
}

func appendNew[T comparable](a, b []T) []T {
	out := slices.Clone(a)
	for _, x := range b {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

// allows reports whether a constant keeps the limits that are known now.
func (c *compiler) allows(s *table.Scalar, v string) bool {
	if s.Values != nil && !slices.Contains(s.Values, v) || slices.Contains(s.Not, v) {
		return false
	}
	switch s.Kind {
	case table.Int, table.Number:
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil {
			return false
		}
		if m := s.Min; m != nil && (n < m.N || n == m.N && m.Open) {
			return false
		}
		if m := s.Max; m != nil && (n > m.N || n == m.N && m.Open) {
			return false
		}
	case table.String:
		n := utf8.RuneCountInString(v)
		if n < s.MinRunes || s.MaxRunes != 0 && n > s.MaxRunes {
			return false
		}
		for _, p := range s.Patterns {
			if regexp.MustCompile(c.table.Patterns[p.Expr]).MatchString(v) == p.Not {
				return false
			}
		}
	}
	return true
}

// pattern is the index of a regular expression in the table.
func (c *compiler) pattern(expr string, at ast.Node) uint16 {
	if i, ok := c.exprs[expr]; ok {
		return i
	}
	if _, err := regexp.Compile(expr); err != nil {
		c.errorf(at, "the pattern is not valid: %v", err)
		expr = ""
	}
	i := uint16(len(c.table.Patterns))
	c.table.Patterns = append(c.table.Patterns, expr)
	c.exprs[expr] = i
	return i
}

// settle puts the forms of a type in their final order: constants of one kind
// become one form with several values, and a constant that another form
// accepts anyway is dropped (its default has been read by then).
func (c *compiler) settle(forms []form) []table.Scalar {
	c.spend(len(forms) * len(forms))
	var out []table.Scalar
	var constants []table.Scalar
	for _, f := range forms {
		if f.Values != nil {
			constants = append(constants, f.Scalar)
		} else if !slices.ContainsFunc(out, func(s table.Scalar) bool { return sameScalar(s, f.Scalar) }) {
			out = append(out, f.Scalar)
		}
	}
	var merged []table.Scalar
next:
	for _, k := range constants {
		for _, v := range k.Values {
			for _, f := range out {
				if sameKind(f.Kind, k.Kind) && len(f.Bounds) == 0 && len(f.Checks) == 0 && len(k.Values) == 1 && c.allows(&f, v) {
					continue next
				}
			}
		}
		for i := range merged {
			m := &merged[i]
			if m.Kind == k.Kind && len(m.Bounds)+len(k.Bounds)+len(m.Checks)+len(k.Checks) == 0 {
				m.Values = appendNew(m.Values, k.Values)
				continue next
			}
		}
		merged = append(merged, k)
	}
	return append(merged, out...)
}

func sameKind(general, constant table.ScalarKind) bool {
	return general == constant || general == table.Number && constant == table.Int
}

func sameScalar(a, b table.Scalar) bool {
	return render(table.Type{Scalars: []table.Scalar{a}}) == render(table.Type{Scalars: []table.Scalar{b}})
}
