package schema

import (
	"regexp"
	"testing"

	"github.com/rollcast/rollcast/schema/kinds"
)

// Every pattern of the schema, and constructs that none of them uses, against
// regexp.
func FuzzAutomaton(f *testing.F) {
	exprs := append([]string{`\bword\b`, `a|^b`, `^$`, ``, `(?i)straße`, `x*$`, `(?m)^a$`, `[^a]`, `.`, `(?s)^.{2}$`}, kinds.Table.Patterns...)
	var automata []*automaton
	var compiled []*regexp.Regexp
	for _, expr := range exprs {
		automata = append(automata, newAutomaton(expr))
		compiled = append(compiled, regexp.MustCompile(expr))
	}
	for _, w := range words {
		f.Add(w)
	}
	for _, s := range []string{"", "\n", "a\nb", "\xff", "x\x80", "1.5Gi", "registry.example.com/shop/web:1.2@sha256:00", "metadata.labels['a.b/c']"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for i, a := range automata {
			if got, want := a.match(s), compiled[i].MatchString(s); got != want {
				t.Errorf("%s matches %q: %v, want %v", exprs[i], s, got, want)
			}
		}
	})
}
