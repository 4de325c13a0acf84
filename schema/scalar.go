package schema

import (
	"math/big"
	"slices"
	"strconv"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema/table"
)

// A misfit is why a scalar has not a form, from the least to the most alike:
// the message speaks of the form that the value comes nearest to.
type misfit uint8

const (
	otherKind misfit = iota
	notListed
	notYet // a value of a later minor, or behind a gate
	excluded
	tooShort
	tooLong
	tooLow
	tooHigh
	noMatch
	badBound
	fits
)

// scalar judges a scalar by a type and reports whether it fits.
func (c *checker) scalar(t *table.Type, n *manifest.Node, at site) bool {
	best, why := -1, otherKind
	for i := range t.Scalars {
		s := &t.Scalars[i]
		m := c.form(s, n)
		if m == fits {
			m = c.formChecks(s, n)
		}
		if m == fits && len(t.Values) > 0 && c.stageOf(t, n.Text) != table.Works {
			m = notYet
		}
		if m == fits {
			return true
		}
		if m > why || best < 0 {
			best, why = i, m
		}
	}
	if c.takeUnsure() {
		return false
	}
	if c.shape > 0 && why != otherKind && !c.overflows(t, n) {
		return true
	}
	if why == otherKind {
		c.wrongKind(t, n, at)
		return false
	}
	c.wrongValue(t, &t.Scalars[best], why, n, at)
	return false
}

// overflows reports whether a number is outside the server's integer, which
// not even a dropped field may be.
func (c *checker) overflows(t *table.Type, n *manifest.Node) bool {
	for i := range t.Scalars {
		if s := &t.Scalars[i]; s.Bits == 32 && n.Kind == manifest.Int {
			v, err := strconv.ParseInt(n.Text, 10, 64)
			return err != nil || v != int64(int32(v))
		}
	}
	return false
}

// stageOf is what the minor makes of one value of an enumeration.
func (c *checker) stageOf(t *table.Type, v string) table.Stage {
	for i := range t.Values {
		if t.Values[i].Value == v {
			return t.Values[i].Since.At(c.opt.Minor, c.opt.Gates)
		}
	}
	return table.Works
}

// dropsValue reports whether the server drops a field because of its value.
func (c *checker) dropsValue(f *table.Field, n *manifest.Node) bool {
	t := &c.tab.Types[f.Type]
	for i := range t.Values {
		if v := &t.Values[i]; v.Drops && v.Value == n.Text && n.Kind == manifest.String {
			return c.former(f) == nil && c.stage(&v.Since) == table.Dropped
		}
	}
	return false
}

// form compares a scalar with one form, all but its named checks.
func (c *checker) form(s *table.Scalar, n *manifest.Node) misfit {
	switch s.Kind {
	case table.Bool:
		if n.Kind != manifest.Bool {
			return otherKind
		}
	case table.Int:
		if n.Kind != manifest.Int {
			return otherKind
		}
	case table.Number:
		if n.Kind != manifest.Int && n.Kind != manifest.Float {
			return otherKind
		}
	case table.String:
		if n.Kind != manifest.String {
			return otherKind
		}
	}
	if s.Values != nil {
		if !slices.Contains(s.Values, n.Text) {
			return notListed
		}
	} else if m := c.limits(s, n.Text); m != fits {
		return m
	}
	for i := range s.Bounds {
		if !c.bound(&s.Bounds[i], n) {
			return badBound
		}
	}
	return fits
}

// limits compares a text with the constant limits of a form.
func (c *checker) limits(s *table.Scalar, text string) misfit {
	if s.Not != nil && slices.Contains(s.Not, text) {
		return excluded
	}
	switch {
	case s.Min != nil && below(text, s.Min):
		return tooLow
	case s.Max != nil && above(text, s.Max):
		return tooHigh
	case s.MinRunes > 0 && runes(text) < s.MinRunes:
		return tooShort
	case s.MaxRunes > 0 && runes(text) > s.MaxRunes:
		return tooLong
	}
	for _, p := range s.Patterns {
		if c.set.matches(p.Expr, text) == p.Not {
			return noMatch
		}
	}
	return fits
}

func (c *checker) formChecks(s *table.Scalar, n *manifest.Node) misfit {
	if len(s.Checks) == 0 {
		return fits
	}
	c.quiet++
	was := c.failed
	c.failed = false
	for i := range s.Checks {
		c.named(&s.Checks[i], n, site{}, "", "")
	}
	ok := !c.failed
	c.failed = was
	c.quiet--
	if ok {
		return fits
	}
	return noMatch
}

func below(text string, l *table.Limit) bool {
	sign := compareNumber(text, l.N)
	return sign < 0 || sign == 0 && l.Open
}

func above(text string, l *table.Limit) bool {
	sign := compareNumber(text, l.N)
	return sign > 0 || sign == 0 && l.Open
}

// compareNumber is the sign of a decimal number minus an integer.
func compareNumber(text string, n int64) int {
	if v, err := strconv.ParseInt(text, 10, 64); err == nil {
		switch {
		case v < n:
			return -1
		case v > n:
			return 1
		}
		return 0
	}
	f, _, err := big.ParseFloat(text, 10, 256, big.ToNearestEven)
	if err != nil {
		return 0
	}
	return f.Cmp(new(big.Float).SetInt64(n))
}
