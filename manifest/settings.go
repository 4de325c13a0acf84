package manifest

import (
	"errors"
	"fmt"
)

// ParseSettings reads a YAML file of one document that is no Kubernetes object:
// a scenario, or a configuration. Its values have places and scalars like any
// manifest's. The error names file, line and column of every fault of the text,
// keys that are given twice among them; an empty file has a Null root.
func ParseSettings(name string, data []byte) (*Document, error) {
	f := &File{Name: name, Data: fromUTF16(data)}
	d := &Document{File: f, Root: &Node{Kind: Null, Text: "null", line: 1, col: 1}}
	found := false
	for _, c := range split(f.Data) {
		root, dups := f.parseChunk(c)
		switch {
		case root == nil || root.Kind == Null:
		case found:
			r := f.NodeRange(root)
			f.Problems = append(f.Problems, f.wordProblem(r.Start.Byte, "only one document may stand in this file"))
		default:
			d.Root, d.Duplicates, found = root, dups, true
		}
	}
	for _, dup := range d.Duplicates {
		f.Problems = append(f.Problems, Problem{Range: f.NodeRange(dup.Second),
			Message: fmt.Sprintf("key %q is given twice, first on line %d", dup.Second.Text, dup.First.line)})
	}
	faults := make([]error, len(f.Problems))
	for i, p := range f.Problems {
		faults[i] = fmt.Errorf("%s:%d:%d: %s", name, p.Range.Start.Line, p.Range.Start.Column, p.Message)
	}
	return d, errors.Join(faults...)
}
