package folder

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"
)

func TestRequires(t *testing.T) {
	for _, tc := range []struct {
		rules string
		want  [][]string
	}{
		{`findings contains 1 if { some p in input.probes; p.x.y == "exec"; p.n > 1 }`, [][]string{{"probes[].n>1", "probes[].x.y=exec"}}},
		{`findings contains 1 if { c := input.a[0]; c.b }`, [][]string{{"a[].b?"}}},
		{`findings contains input.a.id`, [][]string{{"a.id"}}},
		{`findings contains 1 if { x := [c | some c in input.a; c.b][0] }`, [][]string{{"a[].b?"}}},
		{`findings contains 1 if { x := {"k": 1}[lower(input.a)] }`, [][]string{{"a"}}},
		{`findings contains 1 if { some p in input.probes; p.n == 0; p.m <= -1; count(input.a) > 1; count(p.q) == 0; p.n < p.m }`, [][]string{{"a#>1", "probes[].m<=-1", "probes[].n==0", "probes[].q"}}},
		{`findings contains 1 if { some p in input.probes; not p.a.b; not input.c; not input.d[_]; not p.e == 1 }`, [][]string{{"c~", "probes[].a.b~"}}},
		// What may be missing: below a list under not, in a comprehension, with another
		// input.
		{`findings contains 1 if { not input.a[_]; x := [c | some c in input.b]; q with input as {} }`, nil},
		{`findings contains 1 if { every c in input.a { c.b } }`, nil},
		// Each of several rules has its own; one that needs nothing makes the others' moot.
		{"findings contains 1 if { input.a; input.b }\nfindings contains 2 if input.a", [][]string{{"a?", "b?"}, {"a?"}}},
		{"findings contains 1 if input.a\nfindings contains 2 if not input.b[_]", nil},
		// Of no other rule's name and of no other document.
		{"other if input.a\nfindings contains 1 if { other; data.input.a; a.b }", nil},
	} {
		m, err := ast.ParseModuleWithOpts("m", "package m\n"+tc.rules, ast.ParserOptions{RegoVersion: ast.RegoV1})
		if err != nil {
			t.Fatal(err)
		}
		if got := requires(m); !cmp.Equal(got, tc.want) {
			t.Errorf("%s: %v, want %v", tc.rules, got, tc.want)
		}
	}
}
