package manifest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// everything is one object that writes its values in every way there is.
const everything = `# a comment
apiVersion: v1
kind: X
metadata:
  name: web  # its name
  labels: {app: web, "app.kubernetes.io/name": 'it''s' , 空: 格, }
plain: several words # end
long: several
  words on

  lines
double: "a \" b
  c"
tagged: !!str 12
anchored: &anchor
  a: 1
  b: [2, 3]
alias: *anchor
literal: |-  # comment
  one

    two
folded: >+
  three

empty:
list:
- one
-   two: 2
    three: 3
- - four
  - 空 格
-
flow: [a, {b: c}, [d ,
  e], ]
yes: 0x10
? complex
: value
last: "end"
`

func TestRanges(t *testing.T) {
	for _, variant := range []struct{ name, before, text string }{
		{"as it is", "", everything},
		{"byte order mark", bom, everything},
		{"carriage returns", "", strings.ReplaceAll(everything, "\n", "\r\n")},
		{"second document", "x: y\n---\n", everything},
	} {
		f := Parse("x.yaml", []byte(variant.before+variant.text), Options{})
		if len(f.Documents) != 1 {
			t.Fatalf("%s: %v", variant.name, f.Problems)
		}
		d := f.Documents[0]
		lines := strings.Count(variant.before, "\n")
		for _, test := range []struct {
			path       Path
			value, key string // line:column text
		}{
			{Keys("apiVersion"), "2:13 v1", "2:1 apiVersion"},
			{Keys("metadata"), "5:3 name: web  # its name\n  labels: {app: web, \"app.kubernetes.io/name\": 'it''s' , 空: 格, }", "4:1 metadata"},
			{Keys("metadata", "name"), "5:9 web", "5:3 name"},
			{Keys("metadata", "labels"), "6:11 {app: web, \"app.kubernetes.io/name\": 'it''s' , 空: 格, }", "6:3 labels"},
			{Keys("metadata", "labels", "app"), "6:17 web", "6:12 app"},
			{Keys("metadata", "labels", "app.kubernetes.io/name"), "6:48 'it''s'", "6:22 \"app.kubernetes.io/name\""},
			{Keys("metadata", "labels", "空"), "6:61 格", "6:58 空"},
			{Keys("metadata", "labels", "missing"), "6:11 {app: web, \"app.kubernetes.io/name\": 'it''s' , 空: 格, }", "6:3 labels"},
			{Keys("metadata", "missing", "deeper"), "5:3 name: web  # its name\n  labels: {app: web, \"app.kubernetes.io/name\": 'it''s' , 空: 格, }", "4:1 metadata"},
			{Keys("plain"), "7:8 several words", "7:1 plain"},
			{Keys("long"), "8:7 several\n  words on\n\n  lines", "8:1 long"},
			{Keys("double"), "12:9 \"a \\\" b\n  c\"", "12:1 double"},
			{Keys("tagged"), "14:9 !!str 12", "14:1 tagged"},
			{Keys("anchored"), "15:11 &anchor\n  a: 1\n  b: [2, 3]", "15:1 anchored"},
			{Keys("anchored", "b").Append(Index(1)), "17:10 3", "17:10 3"},
			{Keys("alias"), "18:8 *anchor", "18:1 alias"},
			{Keys("alias", "b").Append(Index(1)), "18:8 *anchor", "18:8 *anchor"},
			{Keys("alias", "b"), "18:8 *anchor", "18:8 *anchor"},
			{Keys("literal"), "19:10 |-  # comment\n  one\n\n    two", "19:1 literal"},
			{Keys("folded"), "23:9 >+\n  three", "23:1 folded"},
			{Keys("empty"), "26:7 ", "26:1 empty"},
			{Keys("list").Append(Index(0)), "28:3 one", "28:3 one"},
			{Keys("list").Append(Index(1)), "29:5 two: 2\n    three: 3", "29:5 two: 2\n    three: 3"},
			{Keys("list").Append(Index(1), Key("three")), "30:12 3", "30:5 three"},
			{Keys("list").Append(Index(2)), "31:3 - four\n  - 空 格", "31:3 - four\n  - 空 格"},
			{Keys("list").Append(Index(2), Index(1)), "32:5 空 格", "32:5 空 格"},
			{Keys("list").Append(Index(3)), "33:2 ", "33:2 "},
			{Keys("list").Append(Index(4)), "28:1 - one\n-   two: 2\n    three: 3\n- - four\n  - 空 格\n-", "27:1 list"},
			{Keys("flow"), "34:7 [a, {b: c}, [d ,\n  e], ]", "34:1 flow"},
			{Keys("flow").Append(Index(1)), "34:11 {b: c}", "34:11 {b: c}"},
			{Keys("flow").Append(Index(2)), "34:19 [d ,\n  e]", "34:19 [d ,\n  e]"},
			{Keys("true"), "36:6 0x10", "36:1 yes"},
			{Keys("complex"), "38:3 value", "37:3 complex"},
			{Keys("last"), "39:7 \"end\"", "39:1 last"},
		} {
			show := func(r Range) string {
				text := strings.ReplaceAll(f.Text(r), "\r\n", "\n")
				return fmt.Sprintf("%d:%d %s", r.Start.Line-lines, r.Start.Column, text)
			}
			if diff := cmp.Diff([]string{test.value, test.key}, []string{show(d.Range(test.path)), show(d.KeyRange(test.path))}); diff != "" {
				t.Errorf("%s: %s (-want +got)\n%s", variant.name, test.path, diff)
			}
		}
		if r := d.Range(nil); r.Start.Line != 2+lines || r.End.Line != 39+lines || r.End.Column != 12 {
			t.Errorf("%s: the document stands at %v", variant.name, r)
		}
		if r := d.KeyRange(nil); f.Text(r) != "apiVersion" {
			t.Errorf("%s: the document's key is %q", variant.name, f.Text(r))
		}
		checkPlaces(t, f)
	}
}

func TestValues(t *testing.T) {
	d := Parse("x.yaml", []byte(everything), Options{}).Documents[0]
	for _, test := range []struct{ path, want string }{
		{"metadata", "map "}, {"plain", "string several words"}, {"long", "string several words on\nlines"},
		{"double", "string a \" b c"}, {"tagged", "string 12"}, {"literal", "string one\n\n  two"}, {"folded", "string three\n\n"},
		{"empty", "null null"}, {"list", "list "}, {"true", "integer 16"}, {"complex", "string value"},
	} {
		n := d.Root.Get(test.path)
		if got := n.Kind.String() + " " + n.Text; got != test.want {
			t.Errorf("%s is %q, want %q", test.path, got, test.want)
		}
	}
}

func TestAliases(t *testing.T) {
	f := Parse("x.yaml", []byte(`apiVersion: v1
kind: X
base: &base {a: 1, b: {c: 2}}
use: *base
merged:
  <<: *base
  d: 4
overridden:
  <<: *base
  a: 5
several:
  <<: [*base, {a: 6, e: 7}]
again: &again
  inner: *base
twice: *again
`), Options{})
	d := f.Documents[0]
	for _, test := range []struct {
		path           Path
		value, at, was string // was: where the anchored original stands
	}{
		{Keys("use", "b", "c"), "2", "4:6 *base", "3:27 2"},
		{Keys("merged", "a"), "1", "6:7 *base", "3:17 1"},
		{Keys("merged", "d"), "4", "7:6 4", ""},
		{Keys("overridden", "a"), "5", "10:6 5", ""},
		{Keys("several", "a"), "1", "12:8 *base", "3:17 1"},
		{Keys("several", "e"), "7", "12:25 7", ""},
		{Keys("twice", "inner", "a"), "1", "15:8 *again", "3:17 1"},
	} {
		n := d.Root.At(test.path)
		if n == nil {
			t.Errorf("no %s", test.path)
			continue
		}
		show := func(n *Node) string {
			if n == nil {
				return ""
			}
			r := f.NodeRange(n)
			return fmt.Sprintf("%d:%d %s", r.Start.Line, r.Start.Column, f.Text(r))
		}
		got := []string{n.Text, show(n), show(n.Anchor())}
		if diff := cmp.Diff([]string{test.value, test.at, test.was}, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", test.path, diff)
		}
	}
	var dups []string
	for _, dup := range d.Duplicates {
		dups = append(dups, fmt.Sprintf("%s %d %d", dup.Path, dup.First.line, dup.Second.line))
	}
	// The server's strict decoding refuses what overrides a merge.
	if diff := cmp.Diff([]string{"overridden.a 9 10", "several.a 12 12"}, dups); diff != "" {
		t.Errorf("duplicates (-want +got)\n%s", diff)
	}
}

func TestDuplicates(t *testing.T) {
	d := Parse("x.yaml", []byte(`apiVersion: v1
kind: X
spec:
  a: 1
  "a": 2
  list:
  - yes: 1
    on: 2
    'true': 3
kind: Z
`), Options{}).Documents[0]
	var got []string
	for _, dup := range d.Duplicates {
		got = append(got, fmt.Sprintf("%s %d:%d %d:%d", dup.Path, dup.First.line, dup.First.col, dup.Second.line, dup.Second.col))
	}
	want := []string{"spec.a 4:3 5:3", "spec.list[0].true 7:5 8:5", "spec.list[0].true 7:5 9:5", "kind 2:1 10:1"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if d.Kind != "Z" || d.Root.Get("spec").Get("a").Text != "2" {
		t.Error("the last one counts")
	}
}

func TestManyKeys(t *testing.T) {
	text := "apiVersion: v1\nkind: X\n" + numbered("k%d: v\n", 40) + numbered("k%d: w\n", 40)
	d := Parse("x.yaml", []byte(text), Options{}).Documents[0]
	if len(d.Duplicates) != 40 {
		t.Fatalf("%d duplicates", len(d.Duplicates))
	}
	for i, dup := range d.Duplicates {
		if int(dup.First.line) != 3+i || int(dup.Second.line) != 43+i {
			t.Fatalf("%s on lines %d and %d", dup.Path, dup.First.line, dup.Second.line)
		}
	}
}

func TestLists(t *testing.T) {
	f := Parse("x.yaml", []byte(`apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: A
  metadata: {name: a}
  spec: {x: 1, x: 2}
- apiVersion: v1
  kind: BList
  items:
  - metadata: {name: b, namespace: ns}
    spec: {z: 3}
- spec: {}
- 7
---
apiVersion: v1
kind: AllowList
spec: {items: []}
---
apiVersion: apps/v1
kind: DeploymentList
metadata: {}
metadata: {}
items: []
`), Options{})
	var got []string
	for _, d := range f.Documents {
		line := fmt.Sprintf("%d %s %s at %d", d.Index, d.APIVersion, d.Label(), d.Range(nil).Start.Line)
		for _, dup := range d.Duplicates {
			line += " twice " + dup.Path.String()
		}
		got = append(got, line)
	}
	want := []string{"0 v1 A a at 4 twice spec.x", "0 v1 B ns/b at 11", "0  object at 13", "1 v1 AllowList at 16"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got := f.Text(f.Documents[1].Range(Keys("spec", "z"))); got != "3" {
		t.Errorf("spec.z of the second item is %q", got)
	}
	const wantProblems = "14:3 item 3 of the List must be an object, not an integer\n23:1 key \"metadata\" is given twice, first on line 22"
	if diff := cmp.Diff(wantProblems, problems(f)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if len(f.Skipped) != 1 || f.Skipped[0].Line != 20 {
		t.Errorf("skipped %v", f.Skipped)
	}
}

func TestLines(t *testing.T) {
	f := &File{Data: []byte(bom + "one\r\n中 two\n\nlast")}
	if f.Lines() != 4 || f.Line(1) != "one" || f.Line(2) != "中 two" || f.Line(3) != "" || f.Line(4) != "last" || f.Line(5) != "" || f.Line(0) != "" {
		t.Errorf("%d lines: %q %q %q %q", f.Lines(), f.Line(1), f.Line(2), f.Line(3), f.Line(4))
	}
	for _, test := range []struct {
		offset int
		want   Pos
	}{{3, Pos{1, 1, 3}}, {6, Pos{1, 4, 6}}, {8, Pos{2, 1, 8}}, {11, Pos{2, 2, 11}}, {17, Pos{4, 1, 17}}, {99, Pos{4, 5, 21}}} {
		if got := f.Pos(test.offset); got != test.want {
			t.Errorf("byte %d is at %v, want %v", test.offset, got, test.want)
		}
	}
	if n := (&File{Data: []byte("a\n")}).Lines(); n != 1 {
		t.Errorf("a line break at the end makes %d lines", n)
	}
}

func TestPathString(t *testing.T) {
	p := Keys("metadata", "labels").Append(Key("app.kubernetes.io/name"), Index(2), Key(`a"b`), Key(""))
	if got, want := p.String(), `metadata.labels["app.kubernetes.io/name"][2]["a\"b"][""]`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if !p.HasPrefix(Keys("metadata")) || p.HasPrefix(Keys("spec")) || Keys("a").HasPrefix(Keys("a", "b")) {
		t.Error("HasPrefix")
	}
}
