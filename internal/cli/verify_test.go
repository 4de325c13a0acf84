package cli

import (
	"strings"
	"testing"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema"
	"github.com/rollcast/rollcast/schema/compile"
	"github.com/rollcast/rollcast/schema/evaluate"
)

// The definitions are changed, so that CUE judges otherwise than the table.
func TestVerifySchemaFindsDisagreement(t *testing.T) {
	sources, err := compile.Sources(schema.Files)
	if err != nil {
		t.Fatal(err)
	}
	files := compile.Files(sources)
	files["changed.cue"] = []byte("package schema\n#ConfigMap: immutable?: true\n")
	cue, err := evaluate.New(files)
	if err != nil {
		t.Fatal(err)
	}
	v := verifier{cue: cue, asked: 1}
	tests := []struct{ text, want string }{
		{"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nimmutable: true\n", ""},
		{"# one\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nimmutable: false\n", "x.yaml:2: CUE refuses this ConfigMap, and rollcast's table does not"},
		{"apiVersion: example.com/v1\nkind: ConfigMap\nmetadata: {name: a}\nimmutable: false\n", ""},
		{"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: A}\n", ""}, // both refuse it
	}
	for _, tt := range tests {
		doc := manifest.Parse("x.yaml", []byte(tt.text), manifest.Options{}).Documents[0]
		got := ""
		if err := v.compare(doc); err != nil {
			got = err.Error()
		}
		if !strings.HasPrefix(got, tt.want) || (got == "") != (tt.want == "") {
			t.Errorf("%q: %q, want %q", tt.text, got, tt.want)
		}
	}
	doc := manifest.Parse("x.yaml", []byte(tests[3].text), manifest.Options{}).Documents[0]
	table, _ := schema.JudgePlain(doc)
	if err := disagreement(doc, table, nil); err == nil || !strings.Contains(err.Error(), "CUE does not (a bug of rollcast") {
		t.Errorf("%v", err)
	}
}
