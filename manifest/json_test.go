package manifest

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestJSONProblems(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{`{"apiVersion": 1,}`, `1:18 not valid JSON: invalid character '}' looking for beginning of object key string`},
		{`{"apiVersion" 1}`, `1:15 not valid JSON: invalid character '1' after object key`},
		{"{\"apiVersion\":\n [1, 2\n", `2:7 the file ends inside a value; a bracket or quote is not closed`},
		{"{\"apiVersion\":\n 'x'}", `2:2 not valid JSON: invalid character '\'' looking for beginning of value`},
		{`{"apiVersion":1} x`, `1:18 not valid JSON: invalid character 'x' looking for beginning of value`},
		{"{\"apiVersion\":\"\n\"}", `1:16 not valid JSON: invalid character '\n' in string literal`},
		{`{"apiVersion":01}`, `1:16 not valid JSON: invalid character '1' after object key:value pair`},
		{`{"é":1,"apiVersion":tru}`, `1:24 not valid JSON: invalid character '}' in literal true (expecting 'e')`},
		{"{\"apiVersion\":\"x\" // c\n}", `1:19 not valid JSON: invalid character '/' after object key:value pair`},
		{"\xef\xbb\xbf{\"apiVersion\":1}", `1:1 JSON cannot start with a byte order mark`},
		{`{"apiVersion":1e400}`, `1:15 the number 1e400 is too large`},
		{`"apiVersion" ` + strings.Repeat("[", 10001), `1:10014 values are nested more than 10,000 deep`},
	} {
		f := Parse("x.json", []byte(test.text), Options{})
		if diff := cmp.Diff(test.want, problems(f)); diff != "" {
			t.Errorf("%q (-want +got)\n%s", test.text, diff)
		}
	}
}

// problems writes a file's problems one a line, as line:column message.
func problems(f *File) string {
	var lines []string
	for _, p := range f.Problems {
		lines = append(lines, itoa(p.Range.Start.Line)+":"+itoa(p.Range.Start.Column)+" "+p.Message)
	}
	return strings.Join(lines, "\n")
}

func TestJSONValues(t *testing.T) {
	text := `{"apiVersion": "v1", "kind": "A", "n": [1, 2.0, 1e3, -0, 12345678901234567890, "x\"é\u00e9", null, true]}
{"apiVersion": "v1", "kind": "B", "metadata": {"name": "b", "name": "c"}}`
	f := Parse("x.json", []byte(text), Options{})
	if len(f.Documents) != 2 || len(f.Problems) > 0 {
		t.Fatalf("%d documents, %v", len(f.Documents), f.Problems)
	}
	var got []string
	for _, n := range f.Documents[0].Root.Get("n").Items {
		got = append(got, n.Kind.String()+" "+n.Text)
	}
	want := []string{"integer 1", "number 2.0", "number 1e3", "integer -0",
		"integer 12345678901234567890", `string x"éé`, "null null", "boolean true"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	b := f.Documents[1]
	if b.Name != "c" || b.Index != 1 || len(b.Duplicates) != 1 || b.Duplicates[0].Path.String() != "metadata.name" {
		t.Errorf("second document: %+v", b)
	}
	if got := f.Text(b.Range(Keys("metadata", "name"))); got != `"c"` {
		t.Errorf("metadata.name stands at %s", got)
	}
	if got := b.Range(nil); f.Text(got) != text[strings.Index(text, "\n")+1:] || got.Start.Line != 2 {
		t.Errorf("the document stands at %v", got)
	}
}
