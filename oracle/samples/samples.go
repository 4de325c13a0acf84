// Package samples holds valid manifests that between them use nearly every
// field, for the mutations to start from.
package samples

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"path"

	"github.com/rollcast/rollcast/oracle/mutate"
	"sigs.k8s.io/yaml"
)

//go:embed *.yaml
var files embed.FS

// A Sample is one document of a file.
type Sample struct {
	Name string // file and number: deployment.yaml#2
	Tree mutate.Tree
}

// All are the samples in the order of their files.
func All() ([]Sample, error) {
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		return nil, err
	}
	var out []Sample
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		for i, doc := range bytes.Split(text, []byte("\n---\n")) {
			id := fmt.Sprintf("%s#%d", path.Base(name), i+1)
			js, err := yaml.YAMLToJSONStrict(doc)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", id, err)
			}
			tree, err := mutate.Parse(js)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", id, err)
			}
			out = append(out, Sample{id, tree})
		}
	}
	return out, nil
}
