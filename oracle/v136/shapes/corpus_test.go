package shapes

import (
	"bufio"
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/oracle/v136/validate"
	"github.com/rollcast/rollcast/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// corpusDir holds manifests of real repositories, beside the project.
const corpusDir = "../../../../shared/corpus"

// TestCorpus asks the strict decoder and rollcast about every document of real
// repositories whose kind has a generated shape. They must agree, whether the
// document is whole, or has a field that nobody knows; of what is missing the
// server's validation is asked.
func TestCorpus(t *testing.T) {
	if _, err := os.Stat(corpusDir); err != nil {
		t.Skip("no corpus")
	}
	s, err := Scheme()
	if err != nil {
		t.Fatal(err)
	}
	decoder := serializer.NewCodecFactory(s, serializer.EnableStrict).UniversalDeserializer()
	decodes := func(text []byte) error {
		_, _, err := decoder.Decode(text, nil, nil)
		return err
	}
	counts, rejected, seen := map[string]int{}, 0, 0
	err = filepath.WalkDir(corpusDir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !slices.Contains([]string{".yaml", ".yml"}, filepath.Ext(path)) {
			return err
		}
		file, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		reader := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(file)))
		for {
			text, err := reader.Read()
			if err != nil {
				return nil
			}
			var tree map[string]any
			if yaml.Unmarshal(text, &tree) != nil || !shaped(tree) {
				continue
			}
			seen++
			counts[tree["kind"].(string)]++
			name := strings.TrimPrefix(path, corpusDir+"/")
			theirs, ours := decodes(text), faults(name, text)
			if theirs != nil {
				rejected++
			}
			if !agree(text, theirs, ours) {
				t.Errorf("%s: the server: %v, we: %q", name, theirs, ours)
				continue
			}
			if theirs != nil || len(text) > 20_000 { // large ones take long
				continue
			}
			for _, m := range mutants(tree) {
				theirs, ours := decodes(m), faults("m.json", m)
				if !agree(m, theirs, ours) {
					t.Errorf("%s, a mutant: the server: %v, we: %q\n%.300s", name, theirs, ours, m)
					break
				}
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d documents, the decoder rejects %d: %v", seen, rejected, counts)
}

// agree compares what we say with the decoder. Where the decoder has nothing to
// say, what we miss must be missed by the validation too.
func agree(text []byte, decoder error, ours []string) bool {
	if decoder != nil || len(ours) == 0 {
		return (decoder == nil) == (len(ours) == 0)
	}
	v, err := validate.With(strategies, text, validate.YAML)
	return err == nil && !v.Accepted
}

func shaped(tree map[string]any) bool {
	return slices.ContainsFunc(Kinds, func(k Kind) bool { return tree["apiVersion"] == k.APIVersion && tree["kind"] == k.Kind })
}

func faults(name string, text []byte) []string {
	var out []string
	file := manifest.Parse(name, text, manifest.Options{})
	for _, p := range file.Problems {
		if !p.Warning {
			out = append(out, p.Message)
		}
	}
	for _, doc := range file.Documents {
		for _, f := range schema.Check(doc, schema.Options{Minor: schema.Newest}).Findings {
			if f.Severity == finding.Error {
				out = append(out, f.Path.String()+": "+f.Message)
			}
		}
	}
	return out
}
