package manifest

import (
	"bytes"
	"testing"

	serveryaml "sigs.k8s.io/yaml"
)

// seedFuzz gives a fuzz target documents that use all of YAML.
func seedFuzz(f *testing.F) {
	for _, s := range []string{
		"", "a: b\n", "a: 'b'\nc: \"d\"\n", "- a\n- b: c\n", "{a: [b, c], d: {e: f}}", "a: |\n  b\n  c\n", "a: >-\n  b\n\n  c\n",
		"a: &x\n  b: c\nd: *x\ne:\n  <<: *x\n", "? a\n: b\n", "a: !!str 1\n", "# c\na: b # d\n", "a:\n- b\n-\n  c: d\n", "a: b\n...\nc\n",
		"---\na: 1\n---\nb: 2\n", bom + "a: b\r\nc: d\r\n", "a: \"\\u00e9\\n\"\n", "[a: b, ? c]", "名: 前\n", "a:\tb\n", "a: b\n  c\n", "%YAML 1.1\n---\na: b\n",
		"a: [\n", "a: {{ b }}\n", "kind: List\napiVersion: v1\nitems:\n- kind: A\n  apiVersion: v1\n", `{"a": [1, 2.5, "x", null, true]}`,
	} {
		f.Add([]byte(s))
	}
	for seed := range uint64(40) {
		f.Add([]byte(randomYAML(seed)))
	}
}

func FuzzSameAsServer(f *testing.F) {
	seedFuzz(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 4096 || bytes.Contains(text, []byte("\n...")) || bytes.HasPrefix(text, []byte("...")) {
			t.Skip()
		}
		if want, err := serveryaml.YAMLToJSON(text); err == nil && (len(want) < 3 || want[0] != '{' && want[0] != '[') {
			t.Skip() // no object, so it does not matter what else it is
		}
		sameAsServer(t, text)
	})
}
