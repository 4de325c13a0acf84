package manifest

import (
	"errors"
	"fmt"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// parseChunk reads one YAML document. root is nil where there is none: the
// text is empty, or broken and then a Problem.
func (f *File) parseChunk(c chunk) (root *Node, dups []Duplicate) {
	text := f.Data[c.start:c.end]
	doc, err := parseYAML(text)
	if err != nil {
		f.Problems = append(f.Problems, f.diagnose(c, err))
		return nil, nil
	}
	if doc.Kind == 0 || len(doc.Content) == 0 {
		return nil, nil
	}
	conv := converter{cursor: newCursor(f, c)}
	root = conv.node(doc.Content[0])
	if conv.problem != nil {
		f.Problems = append(f.Problems, *conv.problem)
		return nil, nil
	}
	return root, conv.dups
}

// parseYAML runs the YAML parser, whose own faults must not end the program.
func parseYAML(text []byte) (doc yaml.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errors.New(fmt.Sprint(r))
		}
	}()
	err = yaml.Unmarshal(text, &doc)
	return doc, err
}
