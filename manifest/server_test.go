package manifest

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	serveryaml "sigs.k8s.io/yaml"
)

// ours reads one YAML document as Parse does, and writes it as JSON.
func ours(text []byte) (string, []Problem) {
	f := &File{Name: "x.yaml", Data: text}
	root, _ := f.parseChunk(chunk{end: len(text), line: 1})
	switch {
	case len(f.Problems) > 0:
		return "", f.Problems
	case root == nil:
		return "null", nil
	}
	return toJSON(root), nil
}

// canonical sorts the keys of JSON and leaves its numbers as they are written.
func canonical(t *testing.T, text []byte) string {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatalf("not JSON: %v\n%s", err, text)
	}
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// sameAsServer compares what we make of one document with what the API
// server's library makes of it: equal JSON, or both refuse.
func sameAsServer(t *testing.T, text []byte) {
	t.Helper()
	want, err := serveryaml.YAMLToJSON(text)
	got, problems := ours(text)
	switch {
	case err != nil && problems == nil:
		t.Errorf("the server refuses, we read %s\nserver: %v\n%q", got, err, text)
	case err == nil && problems != nil:
		t.Errorf("the server reads %s, we refuse: %v\n%q", want, problems, text)
	case err == nil:
		if diff := cmp.Diff(canonical(t, want), canonical(t, []byte(got))); diff != "" {
			t.Errorf("(-server +ours)\n%s\n%q", diff, text)
		}
	}
}

func TestCorpusSameAsServer(t *testing.T) {
	root := filepath.Join("..", "..", "shared", "corpus")
	if _, err := os.Stat(root); err != nil {
		t.Skip("no corpus")
	}
	documents := 0
	err := filepath.WalkDir(root, func(name string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(name, "ml") {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for _, c := range split(data) {
			documents++
			sameAsServer(t, data[c.start:c.end])
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if documents < 2000 {
		t.Errorf("only %d documents", documents)
	}
}
