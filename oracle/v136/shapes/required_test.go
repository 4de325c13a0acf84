package shapes

import (
	"bytes"
	"encoding/json"
	"testing"

	"k8s.io/apimachinery/pkg/runtime/serializer"
	"sigs.k8s.io/yaml"
)

// TestRequired asks rollcast about the samples, which are valid, and about
// mutants of them: what it refuses the server must refuse.
func TestRequired(t *testing.T) {
	s, err := Scheme()
	if err != nil {
		t.Fatal(err)
	}
	decoder := serializer.NewCodecFactory(s, serializer.EnableStrict).UniversalDeserializer()
	asked, refused := 0, 0
	for _, doc := range bytes.Split(samples, []byte("\n---\n")) {
		var tree map[string]any
		if err := yaml.Unmarshal(doc, &tree); err != nil {
			t.Fatal(err)
		}
		whole, err := json.Marshal(tree)
		if err != nil {
			t.Fatal(err)
		}
		if ours := faults("a.json", whole); len(ours) > 0 {
			t.Errorf("%s\nis valid, and we say %q", whole, ours)
		}
		for _, m := range mutants(tree) {
			_, _, theirs := decoder.Decode(m, nil, nil)
			ours := faults("a.json", m)
			if asked++; len(ours) > 0 {
				refused++
			}
			if !agree(m, theirs, ours) {
				t.Errorf("%s\nthe server: %v, we: %q", m, theirs, ours)
			}
		}
	}
	if asked < 400 || refused < 100 {
		t.Errorf("of %d mutants we refuse %d", asked, refused)
	}
}
