package schema

import (
	"strings"
	"testing"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema/compile"
)

// TestIdioms holds a small schema for each idiom of README.md. What a document
// is judged must be what the case says, for the table and for CUE itself.
func TestIdioms(t *testing.T) {
	const head = "package schema\nimport (\"list\", \"strings\", \"struct\")\n_l: list.MaxItems\n_s: strings.MaxRunes\n_t: struct.MaxFields\n"
	cases := []struct {
		name, cue string
		ok, bad   []string
	}{
		{"required and optional", `a!: string, b?: int`,
			[]string{`a: x`, `{a: x, b: 1}`, `{a: "", b: null}`},
			[]string{``, `b: 1`, `{a: x, b: "1"}`, `{a: x, c: 1}`, `{a: null}`}},
		{"default", `a: *3 | int & >=1`, []string{``, `a: 1`, `a: 3`}, []string{`a: 0`, `a: x`, `a: 1.5`}},
		{"filled struct", `a: {b: *1 | int, c!: string}`, []string{`a: {c: x}`}, []string{``, `a: {}`, `a: {b: 1}`}},
		{"integers", `a?: int32, b?: int64, c?: int, d?: number`,
			[]string{`{a: 2147483647, b: -9223372036854775808, c: 1e3, d: 1.5}`, `a: 3.0`},
			[]string{`a: 2147483648`, `b: 1.5`, `c: 0.5`, `d: "1"`}},
		{"limits", `a?: >1 & <=5 & int, b?: number & >0, c?: !=3`, []string{`{a: 2, b: 0.1}`, `a: 5`, `c: 4`}, []string{`a: 1`, `a: 6`, `b: 0`, `c: 3`, `c: x`}},
		{"strings", `a?: =~"^[a-z]+$" & strings.MaxRunes(3), b?: !~"x" & strings.MinRunes(2), c?: !=""`,
			[]string{`{a: abc, b: äö, c: x}`}, []string{`a: abcd`, `a: A`, `b: x`, `b: ax`, `c: ""`}},
		{"enumeration", `a: *"A" | "B", b?: "x" | 1 | true`, []string{``, `a: B`, `b: 1`, `b: true`, `b: x`}, []string{`a: C`, `a: a`, `b: 2`, `b: false`, `b: "1"`}},
		{"choice of forms", `a?: int & >=0 | =~"^[0-9]+%$"`, []string{`a: 3`, `a: 3%`}, []string{`a: -1`, `a: "3"`, `a: []`}},
		{"list", `a?: [...{b!: int}] & list.MinItems(1) & list.MaxItems(2), c: *[] | [...string]`,
			[]string{`a: [{b: 1}]`, `c: [x]`, ``}, []string{`a: []`, `a: [{}]`, `a: [{b: 1}, {b: 1}, {b: 1}]`, `a: {b: 1}`, `c: [1]`}},
		{"map", `a?: {[=~"^[a-z]$"]: int}, b?: {[string]: string} & struct.MinFields(1)`,
			[]string{`a: {x: 1}`, `b: {"": x}`}, []string{`a: {X: 1}`, `a: {x: x}`, `b: {}`, `b: {a: 1}`}},
		{"fields beside a map", `a?: {#Map, x!: >5}`, []string{`a: {x: 6, b: 1}`}, []string{`a: {x: 5}`, `a: {b: 1}`, `a: {x: 6, B: 1}`}},
		{"one of", `a?: #Base & matchN(1, [{x!: _}, {yy!: _}])`, []string{`a: {x: 1}`, `a: {yy: 1}`}, []string{`a: {}`, `a: {x: 1, yy: 1}`, `a: {x: 1, z: 1}`}},
		{"at most one, at least one, never", `a?: {x?: int, yy?: int} & matchN(<=1, [{x!: _}, {yy!: _}]), b?: {x?: int, yy?: int} & matchN(>=1, [{x!: 1}, {yy!: >1}]), c?: {x?: int, yy?: int} & matchN(0, [{x!: 1, yy!: 1}])`,
			[]string{`a: {}`, `b: {x: 1}`, `b: {x: 2, yy: 2}`, `c: {x: 1, yy: 2}`}, []string{`a: {x: 1, yy: 1}`, `b: {x: 2}`, `b: {}`, `c: {x: 1, yy: 1}`}},
		{"one of, with a default", `a?: {x: *1 | int, yy?: int} & matchN(<=1, [{x!: _}, {yy!: _}])`, []string{`a: {}`, `a: {x: 2}`}, []string{`a: {yy: 1}`}},
		{"unique", `a?: [...{nn!: string, p: *"T" | "U"}], _u: list.UniqueItems([if a != _|_ for x in a {x.nn}]) & true`, []string{``, `a: [{nn: x}, {nn: yy}]`}, []string{`a: [{nn: x}, {nn: yy}, {nn: x}]`}},
		{"unique in several fields", `a?: [...{nn!: int, p: *"T" | "U"}], _u: list.UniqueItems([if a != _|_ for x in a {"\(x.nn)/\(x.p)"}]) & true`,
			[]string{`a: [{nn: 1}, {nn: 1, p: U}]`}, []string{`a: [{nn: 1}, {nn: 1, p: T}]`}},
		{"at most n, nested loops", `a?: [...{b?: [...string]}], _m: list.MaxItems(1) & [if a != _|_ for x in a if x.b != _|_ for yy in x.b if yy =~ "^z" {yy}]`,
			[]string{`a: [{b: [z, yy]}, {}]`}, []string{`a: [{b: [z1]}, {b: [z2]}]`}},
		{"reference", `v?: [...{nn!: string}], _v: [if v != _|_ for x in v {x.nn}], c?: [...{r!: or(_v)}]`, []string{`{v: [{nn: a}, {nn: b}], c: [{r: b}]}`, `v: [{nn: a}]`}, []string{`{v: [{nn: a}], c: [{r: b}]}`, `c: [{r: a}]`, `{v: [{nn: a}], c: [{}]}`}},
		{"none of", `v?: [...string], c?: string, if v != _|_ {c?: and([for x in v {!=x}])}`, []string{`{v: [a], c: b}`, `c: a`, `{v: [], c: a}`}, []string{`{v: [a, b], c: b}`}},
		{"comparison", `a: *1 | int, b: *10 | int & >a, c: (*5 | int) & >a`, []string{``, `{a: 20, c: 30}`, `{a: 3, b: 4}`}, []string{`{a: 20, b: 20, c: 30}`, `a: 5`, `{a: 1, c: 1}`}},
		{"equality", `a!: int, b?: a`, []string{`a: 1`, `{a: 1, b: 1}`}, []string{`{a: 1, b: 2}`}},
		{"condition on a default", `t: *"R" | "X", r?: {nn: *1 | int}, if t == "X" {r?: _|_}, if t == "R" {r: _}`, []string{``, `r: {nn: 2}`, `t: X`}, []string{`{t: X, r: {}}`, `r: {nn: x}`}},
		{"condition on presence", `a?: int, b?: int, if a != _|_ if a > 3 {b!: >a}, if a == _|_ {b?: _|_}`, []string{``, `a: 1`, `{a: 4, b: 5}`}, []string{`a: 4`, `{a: 4, b: 4}`, `b: 1`}},
		{"condition on several", `a: *1 | int, b: *false | bool, c?: int, if a == 1 && b || a == 2 {c!: _}, if !b {c?: <10}`,
			[]string{``, `{a: 2, c: 1}`, `{b: true, c: 11}`}, []string{`a: 2`, `b: true`, `c: 10`}},
		{"conditional default", `a: *"x" | string, b: "p" | "q" | "r", if a =~ "^x" {b: *"p" | _}, if a !~ "^x" {b: *"q" | _}, c?: int, if b == "q" {c!: _}`,
			[]string{``, `{a: yy, c: 1}`, `b: r`}, []string{`a: yy`, `b: s`, `b: q`}},
		{"conditional value", `k!: string, nn?: string, if nn != _|_ {k: "K"}`, []string{`k: x`, `nn: a`, `{nn: a, k: K}`}, []string{``, `{nn: a, k: x}`}},
		{"conditional addition below", `a: *false | bool, l?: [...{b?: int, c?: int}], if a {l?: [...{b!: >1, ...}]}`, []string{`{a: true, l: [{b: 2, c: 1}]}`, `l: [{}]`}, []string{`{a: true, l: [{c: 1}]}`, `{a: true, l: [{b: 2}, {b: 1}]}`}},
		{"lengths", `a?: [...int], b?: int, if a != _|_ if len(a) > 1 {b!: int}`, []string{`a: [1]`, `{a: [1, 2], b: 1}`}, []string{`a: [1, 2]`}},
		{"keys of a map", `m?: {[string]: string}, _k: [if m != _|_ for k, _ in m {k}], a?: int, if list.Contains(_k, "x") {a!: _}`, []string{`m: {yy: x}`, `{m: {x: yy}, a: 1}`}, []string{`m: {x: yy}`}},
		{"places in a list", `a?: [...string], _f: list.MaxItems(0) & [if a != _|_ for i, x in a if i == 0 if x != "first" {x}]`, []string{`a: [first, x]`, ``}, []string{`a: [x, first]`}},
		{"joined definitions", `a?: #Base & {x?: >3}, b?: #Base & #Rules`, []string{`a: {x: 4}`, `b: {x: 1, yy: 1}`}, []string{`a: {x: 3}`, `a: {z: 1}`, `b: {x: 5}`, `b: {z: 1}`}},
		{"embedding", `a?: {#Base, z?: int}`, []string{`a: {x: 1, z: 1}`}, []string{`a: {zz: 1}`, `a: {x: s}`}},
		{"definitions inside", `nn?: [...string], _n: [if nn != _|_ for x in nn {x}], #refers: {r!: or(_n), ...}, c?: [...#refers], d?: {e?: #refers, ...}`,
			[]string{`{nn: [a], c: [{r: a}], d: {e: {r: a, s: 1}}}`}, []string{`{nn: [a], c: [{r: b}]}`, `{nn: [a], d: {e: {r: b}}}`}},
		{"parameters", `a?: [...int], _u: (#Unique & {#in: a}).unique & true`, []string{}, []string{}},
		{"recursion", `t?: #Tree`, []string{`t: {nn: {nn: {v: 1}}}`}, []string{`t: {nn: {nn: {v: x}}}`, `t: {nn: {m: 1}}`}},
		{"anything", `a?: _, b?: {...}, c?: [...]`, []string{`{a: [1, {x: yy}], b: {x: 1}, c: [1, x]}`}, []string{`b: 1`, `c: {}`}},
		{"a hidden text", `a!: string, b?: string, if b != _|_ {_t: =~"^.{1,5}$" & "\(a):\(b)"}`, []string{`a: xxxxxxx`, `{a: xx, b: xx}`}, []string{`{a: xxx, b: xx}`}},
	}
	const defs = `
#Map: {[=~"^[a-z]$"]: int}
#Base: {x?: int, yy?: int}
#Rules: {x?: <5, ...}
#Tree: {v?: int, nn?: #Tree}
`
	for _, c := range cases {
		if c.name == "parameters" {
			continue // TestParameters
		}
		t.Run(c.name, func(t *testing.T) {
			src := head + "#K: {apiVersion!: \"v1\", kind!: \"K\", " + c.cue + "}" + defs
			judgeBoth(t, src, c.ok, c.bad)
		})
	}
}

// judgeBoth asks the table and CUE about documents of kind K, given as the
// fields beside apiVersion and kind.
func judgeBoth(t *testing.T, src string, ok, bad []string) {
	t.Helper()
	sources := []compile.Source{{Name: "k.cue", Data: []byte(src)}}
	named, err := tableOf(sources)
	if err != nil {
		t.Fatal(err)
	}
	set := newSet(named.Table)
	e := newEvaluator(t, sources, named.Table)
	for i, text := range append(append([]string(nil), ok...), bad...) {
		want := i < len(ok)
		d := document(t, text)
		ours := errorsOf(set.check(d, Options{}, false))
		id, _ := named.Lookup("v1", "K")
		theirs := e.accepts("v1", "K", normal(named.Table, id, d.Root))
		if (len(ours) == 0) != want {
			t.Errorf("the table on %s: %v, want ok %v", text, ours, want)
		}
		if (theirs == nil) != want {
			t.Errorf("CUE on %s: %v, want ok %v", text, theirs, want)
		}
	}
}

// document is a K with some fields in flow style.
func document(t *testing.T, fields string) *manifest.Document {
	t.Helper()
	text := "apiVersion: v1\nkind: K\n"
	switch fields = strings.TrimSpace(fields); {
	case strings.HasPrefix(fields, "{"):
		text = "{apiVersion: v1, kind: K, " + fields[1:]
	case fields != "":
		text += fields
	}
	f := manifest.Parse("k.yaml", []byte(text), manifest.Options{})
	if len(f.Documents) != 1 {
		t.Fatalf("%s: %v", text, f.Problems)
	}
	return f.Documents[0]
}

func TestParameters(t *testing.T) {
	judgeBoth(t, `package schema
import "list"
#K: {
	apiVersion!: "v1"
	kind!: "K"
	a?: [...string]
	m?: {[string]: string}
	if a != _|_ if m != _|_ {_u: (#Unique & {#list: a, #map: m}).unique & true}
}
#Unique: {
	#list: [...string]
	#map: {[string]: string}
	unique: list.UniqueItems([for x in #list {x}, for k, _ in #map {k}])
}
`, []string{``, `{a: [x], m: {yy: z}}`, `a: [x, x]`}, []string{`{a: [x], m: {x: z}}`, `{a: [x, x], m: {}}`})
}

// TestRefused holds what the compiler does not translate, and says so.
func TestRefused(t *testing.T) {
	cases := []struct{ name, cue, want string }{
		{"a choice between mappings", `a?: {x!: int} | {y!: int}`, "k.cue:3:53: a choice between mappings is not understood: use matchN"},
		{"an unguarded optional field", `a?: int, b?: int, if a == 1 {b!: _}`, "a may be absent here: test for it with if first"},
		{"a guard that CUE does not take for one", `a?: int, b?: int, if a != _|_ && a == 1 {b!: _}`, "a may be absent here: test for it with if first"},
		{"a field known only under a condition", `a: *1 | int, if a == 1 {b?: int}`, "b is known only under a condition: declare it outside, as b?: _ if need be"},
		{"a test of what is then limited", `a?: [...int], if a != _|_ {a?: [...>3]}`, "the condition asks whether a is there and its body limits a: for CUE the condition is false where the limit is broken"},
		{"matchN in a closed mapping", `a?: int, b?: int, matchN(1, [{a!: _}, {b!: _}])`, "what is open, matchN included, opens the mapping that embeds it: join it with &, or write ... beside it"},
		{"a mapping that a scalar fits too", `a?: {x?: int, b?: int, if x != _|_ {b!: _}}`, "for CUE a scalar is of this type too: join the conditions with & to a definition of the fields"},
		{"keys that CUE forgets", `a?: #Named & #Open`, "joined like this, CUE forgets which keys of l are allowed: declare l again in the definition itself"},
		{"an open embedding", `a?: {#Open, x?: int}`, "what is open, matchN included, opens the mapping that embeds it: join it with &, or write ... beside it"},
		{"a reference that fills in", `v?: [...string], n: or([if v != _|_ for x in v {x}])`, "an absent n would be filled with the only value that or leaves: write n! or n?"},
		{"a field that the other side lacks", `a?: #Closed & {y?: int}`, "y is no field of what this is joined with: embed that instead of joining it"},
		{"an unknown function", `a?: strings.HasPrefix("x")`, "the function strings.HasPrefix is not understood as a type"},
		{"an unknown attribute", `a?: int @k9s(x)`, "the attribute @k9s is not known"},
		{"an unknown version", `a?: int @k8s(added="next")`, `"next" is no version such as 1.29`},
		{"a value that is none", `a?: "x" | "y" @k8s(value=z,added="1.30")`, `"z" is no value that is declared here`},
		{"a rule that is none", `a?: int @rule("wrong")`, "there is no rule schema/wrong"},
		{"a default that is none", `a?: *int | string`, "a default must be a constant"},
		{"a filled field in matchN", `a?: {x?: int, y?: int} & matchN(1, [{x: 1}, {y!: _}])`, "in matchN write x! or x?"},
		{"let", `let X = 3, a?: X`, "this declaration is not understood"},
		{"a fixed list", `a?: [string, int]`, "a list is [...T] or []"},
		{"a fraction", `a?: >0.5`, "the literal 0.5 is not understood: only strings, integers and booleans are"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			src := "package schema\nimport \"strings\"\n#K: {apiVersion!: \"v1\", kind!: \"K\", " + c.cue + "}\n#Open: {y?: int, ...}\n#Closed: {x?: int}\n#Any: {l?: {[string]: string}, y?: int}\n#Meta: {#Any, l?: {[=~\"a\"]: string}}\n#Named: {#Meta}\n_s: strings.MaxRunes\n"
			_, err := tableOf([]compile.Source{{Name: "k.cue", Data: []byte(src)}})
			if err == nil {
				t.Fatal("it was translated")
			}
			if text := err.Error(); !strings.Contains(text, c.want) || !strings.Contains(text, "k.cue:") {
				t.Errorf("%v\nwant %s", err, c.want)
			}
		})
	}
}
