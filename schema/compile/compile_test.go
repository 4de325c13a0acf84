package compile

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/schema/evaluate"
	"github.com/rollcast/rollcast/schema/table"
)

func sourcesOf(t *testing.T) []Source {
	t.Helper()
	sources, err := Sources(os.DirFS(".."))
	if err != nil {
		t.Fatal(err)
	}
	return sources
}

func tableOf(sources []Source) (*Named, error) {
	e, err := evaluate.New(Files(sources))
	if err != nil {
		return nil, err
	}
	return Table(sources, e)
}

// TestDeterministic compiles the schema twice, with its files in another order.
func TestDeterministic(t *testing.T) {
	sources := sourcesOf(t)
	var texts [2][]byte
	for i := range texts {
		named, err := tableOf(sources)
		if err != nil {
			t.Fatal(err)
		}
		if texts[i], err = named.Source(); err != nil {
			t.Fatal(err)
		}
		for l, r := 0, len(sources)-1; l < r; l, r = l+1, r-1 {
			sources[l], sources[r] = sources[r], sources[l]
		}
	}
	if !bytes.Equal(texts[0], texts[1]) {
		t.Error("the order of the files shows in the table")
	}
}

// TestVerify makes the compiler misread a definition, and demands that the
// comparison with CUE notices.
func TestVerify(t *testing.T) {
	const src = `package schema
#K: {apiVersion!: "v1", kind!: "K", a?: int, b: *3 | int, c!: string, d?: #D}
#D: {x?: int}
`
	for name, spoil := range map[string]func(k, d *structure){
		"a required field": func(k, d *structure) { k.fields["a"].Presence = table.Required },
		"a default": func(k, d *structure) {
			k.fields["b"].typ = &node{forms: []form{constantForm(table.Value{Kind: table.IntValue, Text: "4"})}}
		},
		"a field too few":    func(k, d *structure) { delete(d.fields, "x") },
		"a field too many":   func(k, d *structure) { d.fields["y"] = &field{Field: table.Field{Name: "y"}, typ: anything()} },
		"a field that fills": func(k, d *structure) { k.fields["c"].Presence = table.Filled },
	} {
		e, err := evaluate.New(map[string][]byte{"k.cue": []byte(src)})
		if err != nil {
			t.Fatal(err)
		}
		c, err := newCompiler([]Source{{Name: "k.cue", Data: []byte(src)}})
		if err != nil {
			t.Fatal(err)
		}
		c.emitKinds(e)
		if c.verify(e); len(c.errs) > 0 {
			t.Fatal(c.errs)
		}
		spoil(c.defs["#K"].node.st, c.defs["#D"].node.st)
		if c.verify(e); len(c.errs) == 0 {
			t.Errorf("%s: not noticed", name)
		}
	}
}

// TestErrors demands a file and line in every error, each error once, and all of
// them together.
func TestErrors(t *testing.T) {
	_, err := tableOf([]Source{
		{Name: "a.cue", Data: []byte("package schema\n#K: {apiVersion!: \"v1\", kind!: \"K\", a?: int @k9s(x)\n\tb?: #L}\n")},
		{Name: "b.cue", Data: []byte("package schema\n\n#L: {x: *int | string}\n")},
	})
	if err == nil {
		t.Fatal("no error")
	}
	want := []string{"a.cue:2:45: the attribute @k9s is not known", "b.cue:3:10: a default must be a constant"}
	if got := strings.Split(err.Error(), "\n"); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%q, want %q", got, want)
	}
	if _, err = tableOf([]Source{{Name: "a.cue", Data: []byte("package schema\n#K: {")}}); err == nil || !strings.Contains(err.Error(), "a.cue:2") {
		t.Errorf("a syntax error: %v", err)
	}
}
