package facts

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/workload"
)

const page = "../docs/facts.md"

// subjects are the subjects of a manifest with their default plans.
func subjects(t testing.TB, text string) []*Subject {
	t.Helper()
	file := manifest.Parse("test.yaml", []byte(text), manifest.Options{})
	for _, p := range file.Problems {
		t.Fatalf("line %d: %s", p.Range.Start.Line, p.Message)
	}
	var list []*Subject
	for _, w := range workload.Resolve(file.Documents, nil).Workloads {
		spec, _ := w.Spec(w.Replicas.Effective)
		plans, err := Predict(w, spec.DefaultScenario())
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, Build(w, plans))
	}
	return list
}

// TestPage compares docs/facts.md with the types: each struct has a section
// with exactly its fields, in their order.
func TestPage(t *testing.T) {
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	documented := map[string][]string{}
	section := ""
	for line := range strings.Lines(string(text)) {
		if name, ok := strings.CutPrefix(line, "### "); ok {
			section = strings.TrimSpace(name)
		} else if strings.HasPrefix(line, "## ") {
			section = ""
		} else if m := regexp.MustCompile("^\\| `(\\w+)` \\| \\S").FindStringSubmatch(line); m != nil && section != "" {
			documented[section] = append(documented[section], m[1])
		}
	}
	typed := map[string][]string{}
	collect(reflect.TypeFor[Subject](), typed)
	if diff := cmp.Diff(typed, documented); diff != "" {
		t.Errorf("docs/facts.md (-types +page):\n%s", diff)
	}
}

// collect gathers the JSON fields of a struct and of those it holds.
func collect(t reflect.Type, into map[string][]string) {
	for slices.Contains([]reflect.Kind{reflect.Pointer, reflect.Slice}, t.Kind()) {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || t == reflect.TypeFor[Raw]() || into[t.Name()] != nil {
		return
	}
	for i := range t.NumField() {
		if f := t.Field(i); f.IsExported() {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			into[t.Name()] = append(into[t.Name()], name)
		}
	}
	for i := range t.NumField() {
		if f := t.Field(i); f.IsExported() {
			collect(f.Type, into)
		}
	}
}

// TestExample executes the example of docs/facts.md; UPDATE=1 rewrites it.
func TestExample(t *testing.T) {
	data, err := os.ReadFile("testdata/web.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s := subjects(t, string(data))[0]
	s.Object = Raw{}
	got, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = bytes.Replace(got, []byte("  \"object\": null,\n"), nil, 1)
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(text), "```json\n")
	want, _, ok2 := strings.Cut(rest, "```")
	if !ok || !ok2 {
		t.Fatal("docs/facts.md has no example")
	}
	if os.Getenv("UPDATE") == "1" {
		if err := os.WriteFile(page, []byte(head+"```json\n"+string(got)+"\n```\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(strings.TrimSpace(want), string(got)); diff != "" {
		t.Errorf("docs/facts.md, UPDATE=1 rewrites it (-page +facts):\n%s", diff)
	}
}

func TestRaw(t *testing.T) {
	s := subjects(t, `{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "name": "b"}, "spec": {"containers": [{"n": 1.50, "t": true, "x": null, "s": "\u00e9\n", "e": {}, "l": []}]}}`)[0]
	got, err := json.Marshal(s.Object)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"b"},"spec":{"containers":[{"n":1.5,"t":true,"x":null,"s":"é\n","e":{},"l":[]}]}}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
