package schema

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema/table"
)

// quoted shows a scalar as it is, strings in quotes and long ones cut.
func quoted(n *manifest.Node) string {
	if n.Kind != manifest.String {
		return n.Text
	}
	return quote(n.Text)
}

func quote(s string) string {
	const long = 60
	if runes(s) > long {
		s = string([]rune(s)[:long-1]) + "…"
	}
	return strconv.Quote(s)
}

// oneOf joins alternatives: Always, IfNotPresent or Never.
func oneOf(values []string) string {
	shown := make([]string, len(values))
	for i, v := range values {
		if shown[i] = v; v == "" {
			shown[i] = "empty"
		}
	}
	return list(shown, "or")
}

func list(items []string, word string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	return strings.Join(items[:len(items)-1], ", ") + " " + word + " " + items[len(items)-1]
}

// allowedRange says between which numbers a value must be. The bounds of the
// server's integers are named only where the value is beyond them.
func allowedRange(s *table.Scalar, why misfit) string {
	lo, hi := s.Min, s.Max
	if lo != nil && (lo.N == math.MinInt32 || lo.N == math.MinInt64) && why != tooLow {
		lo = nil
	}
	if hi != nil && (hi.N == math.MaxInt32 || hi.N == math.MaxInt64) {
		if why == tooHigh {
			lo = nil
		} else {
			hi = nil
		}
	}
	switch {
	case lo != nil && hi != nil && !lo.Open && !hi.Open:
		return fmt.Sprintf("between %d and %d", lo.N, hi.N)
	case lo != nil && lo.Open:
		return fmt.Sprintf("above %d", lo.N)
	case lo != nil:
		return fmt.Sprintf("at least %d", lo.N)
	case hi != nil && hi.Open:
		return fmt.Sprintf("below %d", hi.N)
	case hi != nil:
		return fmt.Sprintf("at most %d", hi.N)
	}
	return "another number"
}

// sourceOf names the list that a collection starts from.
func sourceOf(t *table.Term) string {
	for _, l := range t.Loops {
		for _, k := range l.Clauses {
			if k.For != nil && k.For.Kind == table.Ref {
				return strings.Join(k.For.Path, ".")
			}
		}
	}
	return lastOf(t)
}

func lastOf(t *table.Term) string {
	if len(t.Path) > 0 {
		return t.Path[len(t.Path)-1]
	}
	return "the other value"
}

// wantedKind says which kinds a type accepts: "a string", "an integer or a
// string".
func wantedKind(t *table.Type) string {
	var words []string
	for _, k := range []struct {
		kind table.ScalarKind
		word string
	}{{table.Bool, "true or false"}, {table.Int, "an integer"}, {table.Number, "a number"}, {table.String, "a string"}} {
		if hasKind(t, k.kind) {
			words = append(words, k.word)
		}
	}
	if t.Map != nil {
		words = append(words, "a map")
	}
	if t.List != nil {
		words = append(words, "a list")
	}
	return list(words, "or")
}

// shown says what a value is: the string "3", the integer 3, a map.
func shown(n *manifest.Node) string {
	switch n.Kind {
	case manifest.Mapping, manifest.Sequence:
		return "a " + n.Kind.String()
	case manifest.Bool:
		return "the boolean " + n.Text
	case manifest.Null:
		return "null"
	default:
		return fmt.Sprintf("the %s %s", n.Kind, quoted(n))
	}
}
