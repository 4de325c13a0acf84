package fix

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
)

const head = "apiVersion: v1\nkind: ConfigMap\n"

func TestEdits(t *testing.T) {
	number := json.Number("3")
	for _, tc := range []struct {
		name, text string
		op         Op
		want       string
	}{
		{"set a number", "a: 1 # one\nb: 2\n", Op{Set, manifest.Keys("a"), number}, "a: 3 # one\nb: 2\n"},
		{"set a quoted text", "a: 'x'  # one\n", Op{Set, manifest.Keys("a"), "y: z"}, "a: \"y: z\"  # one\n"},
		{"set a word that some YAML takes for a boolean", "a: x\n", Op{Set, manifest.Keys("a"), "no"}, "a: \"no\"\n"},
		{"set what is not there", "a:\n  b: 1 # one\nc: 2\n", Op{Set, manifest.Keys("a", "d"), number}, "a:\n  b: 1 # one\n  d: 3\nc: 2\n"},
		{"add with the maps around it", "a:\n  b: 1\n", Op{Set, manifest.Keys("a", "d", "e"), true}, "a:\n  b: 1\n  d:\n    e: true\n"},
		{"add a tree", "a:\n  b: 1\n# end\n", Op{Insert, manifest.Keys("a", "p"), map[string]any{"h": map[string]any{"path": "/ok", "port": json.Number("80")}, "l": []any{"x", map[string]any{"v": "z", "u": false}}}},
			"a:\n  b: 1\n  p:\n    h:\n      path: /ok\n      port: 80\n    l:\n      - x\n      - u: false\n        v: z\n# end\n"},
		{"add in braces", "a: {b: 1, }\n", Op{Insert, manifest.Keys("a", "c"), number}, "a: {b: 1, c: 3, }\n"},
		{"add to empty braces", "a: {}\n", Op{Insert, manifest.Keys("a", "c"), number}, "a: {c: 3}\n"},
		{"add behind a block text", "a:\n  b: |\n    x\n    y\nc: 1\n", Op{Insert, manifest.Keys("a", "d"), number}, "a:\n  b: |\n    x\n    y\n  d: 3\nc: 1\n"},
		{"add at the end of a file without its newline", "a:\n  b: 1", Op{Insert, manifest.Keys("a", "d"), number}, "a:\n  b: 1\n  d: 3"},
		{"add where lines end in CRLF", "a:\r\n  b: 1\r\nc: 2\r\n", Op{Insert, manifest.Keys("a", "d"), number}, "a:\r\n  b: 1\r\n  d: 3\r\nc: 2\r\n"},
		{"append an item", "a:\n- x\n- y # two\nb: 1\n", Op{Insert, manifest.Keys("a").Append(manifest.Index(2)), "z"}, "a:\n- x\n- y # two\n- z\nb: 1\n"},
		{"append an item in brackets", "a: [x]\n", Op{Insert, manifest.Keys("a").Append(manifest.Index(1)), "z"}, "a: [x, z]\n"},
		{"remove a line", "# above\na: 1 # one\nb: 2\n", Op{Remove, manifest.Keys("a"), nil}, "# above\nb: 2\n"},
		{"remove a tree", "a:\n  b: 1\n  # in\n  c: [1,\n    2]\nd: 2 # two\n", Op{Remove, manifest.Keys("a"), nil}, "d: 2 # two\n"},
		{"remove the last line of a file without its newline", "a: 1\nb: 2", Op{Remove, manifest.Keys("b"), nil}, "a: 1\n"},
		{"remove a null", "a:\nb: 2\n", Op{Remove, manifest.Keys("a"), nil}, "b: 2\n"},
	} {
		file := manifest.Parse("a.yaml", []byte(head+tc.text), manifest.Options{})
		edits, err := Edits(file.Documents[0], []Op{tc.op})
		if err != nil {
			t.Errorf("%s: %v", tc.name, err)
			continue
		}
		if err := Verify(file.Documents[0], []Op{tc.op}, edits); err != nil {
			t.Errorf("%s: %v", tc.name, err)
		}
		got, err := Apply(file.Data, edits, 0)
		if diff := cmp.Diff(head+tc.want, string(got)); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", tc.name, err, diff)
		}
	}
}

// TestSeveral adds two keys below a map that is not there.
func TestSeveral(t *testing.T) {
	file := manifest.Parse("a.yaml", []byte(head+"a: 1\n"), manifest.Options{})
	ops := []Op{{Set, manifest.Keys("m", "o", "x"), json.Number("0")}, {Set, manifest.Keys("a"), json.Number("2")}, {Set, manifest.Keys("m", "o", "w"), "z"}}
	edits, err := Edits(file.Documents[0], ops)
	if err != nil {
		t.Fatal(err)
	}
	if err := Verify(file.Documents[0], ops, edits); err != nil {
		t.Error(err)
	}
	got, err := Apply(file.Data, edits, 0)
	if diff := cmp.Diff(head+"a: 2\nm:\n  o:\n    w: z\n    x: 0\n", string(got)); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

// TestRefused leaves alone what cannot be changed by itself.
func TestRefused(t *testing.T) {
	number := json.Number("3")
	for _, tc := range []struct {
		name, text string
		op         Op
		want       string
	}{
		{"an alias", "a: &x {b: 1}\nc: *x\n", Op{Set, manifest.Keys("c", "b"), number}, "set c.b: the place is written by an alias, an anchor or a merge"},
		{"an anchor that others use", "a: &x 1\nc: *x\n", Op{Set, manifest.Keys("a"), number}, "set a: the place is written by an alias, an anchor or a merge"},
		{"a text of several lines", "a: |\n  x\n", Op{Set, manifest.Keys("a"), number}, "set a: the way it is written allows no change"},
		{"the key beside a dash", "a:\n- b: 1\n  c: 2\n", Op{Remove, manifest.Keys("a").Append(manifest.Index(0), manifest.Key("b")), nil}, "remove a[0].b: the way it is written"},
		{"the only key", "a:\n  b: 1\n", Op{Remove, manifest.Keys("a", "b"), nil}, "remove a.b: the way it is written"},
		{"a key in braces", "a: {b: 1, c: 2}\n", Op{Remove, manifest.Keys("a", "b"), nil}, "remove a.b: the way it is written"},
		{"nothing to remove", "a: 1\n", Op{Remove, manifest.Keys("b"), nil}, "remove b: there is nothing"},
		{"there already", "a: 1\n", Op{Insert, manifest.Keys("a"), number}, "insert a: it is there already"},
		{"below a scalar", "a: 1\n", Op{Set, manifest.Keys("a", "b"), number}, "set a.b: there is nothing to add to"},
		{"behind the end of a list", "a: [1]\n", Op{Insert, manifest.Keys("a").Append(manifest.Index(5)), number}, "insert a[5]: there is nothing to add to"},
		{"the document", "a: 1\n", Op{Set, nil, number}, "set : the path is empty"},
	} {
		file := manifest.Parse("a.yaml", []byte(head+tc.text), manifest.Options{})
		_, err := Edits(file.Documents[0], []Op{tc.op})
		if err == nil || len(err.Error()) < len(tc.want) || err.Error()[:len(tc.want)] != tc.want {
			t.Errorf("%s: %v", tc.name, err)
		}
	}
}

// TestEditsInAList changes an item of a List, and leaves its neighbours alone.
func TestEditsInAList(t *testing.T) {
	const text = "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  a: 1\n- apiVersion: v1\n  kind: ConfigMap\n  a: 2\n"
	file := manifest.Parse("a.yaml", []byte(text), manifest.Options{})
	edits, err := Edits(file.Documents[0], []Op{{Set, manifest.Keys("a"), json.Number("3")}, {Insert, manifest.Keys("b"), "x"}})
	if err != nil {
		t.Fatal(err)
	}
	got, err := Apply(file.Data, edits, 0)
	want := "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  a: 3\n  b: x\n- apiVersion: v1\n  kind: ConfigMap\n  a: 2\n"
	if diff := cmp.Diff(want, string(got)); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

// TestVerify finds edits that change more than their operations.
func TestVerify(t *testing.T) {
	const text = head + "a: 1\nb: 2\n"
	file := manifest.Parse("a.yaml", []byte(text), manifest.Options{})
	doc := file.Documents[0]
	at := strings.Index(text, "a: 1") + 3
	ops := []Op{{Set, manifest.Keys("a"), json.Number("3")}}
	for text, want := range map[string]string{
		"3":       "",
		"4":       "more than the place itself would change",
		"3\nc: 1": "more than the place itself would change",
		"[":       "the result cannot be read: ",
	} {
		err := Verify(doc, ops, []finding.Edit{{File: file, Start: at, End: at + 1, Text: text}})
		if (err == nil) != (want == "") || err != nil && !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if err := Verify(doc, ops, []finding.Edit{{File: file, Start: 0, End: len(text) + 9}}); err == nil {
		t.Error("an edit outside of the object passes")
	}
}
