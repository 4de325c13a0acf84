// Package fix changes manifests: it turns operations on a document into edits
// of its bytes, which leave everything else as it was written, comments
// included, and carries edits out.
package fix

import (
	"errors"
	"fmt"
	"slices"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
)

// An Op changes one place of a document.
type Op struct {
	Kind Kind
	Path manifest.Path // from the document's root
	// Value is what Set and Insert write: nil, a bool, a json.Number, a string, a
	// []any or a map[string]any of such.
	Value any
}

// Kind is what an Op does.
type Kind string

const (
	Set    Kind = "set"    // replaces the value, or adds the key with what it needs around it
	Remove Kind = "remove" // takes a key out of a map
	Insert Kind = "insert" // adds a key that must be absent, or an item at the end of a list
)

// ParseKind reads the name of a kind; the error lists the choices.
func ParseKind(s string) (Kind, error) {
	switch k := Kind(s); k {
	case Set, Remove, Insert:
		return k, nil
	}
	return "", fmt.Errorf("unknown op %q: choose set, remove or insert", s)
}

// errShared is of places that cannot be changed by themselves.
var errShared = errors.New("the place is written by an alias, an anchor or a merge")

// Edits are the changes of the file's bytes that carry out the operations. They
// error where the way a place is written allows no change that leaves the rest
// alone. Verify makes sure of that.
func Edits(doc *manifest.Document, ops []Op) ([]finding.Edit, error) {
	var edits []finding.Edit
	var added []addition
	for _, op := range ops {
		e, err := edit(doc, op, &added)
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", op.Kind, op.Path, err)
		}
		if e != nil {
			edits = append(edits, *e)
		}
	}
	for _, a := range added {
		e, err := a.edit(doc)
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", a.op.Kind, a.op.Path, err)
		}
		edits = append(edits, e)
	}
	for i := range edits {
		edits[i].File = doc.File
	}
	slices.SortStableFunc(edits, func(a, b finding.Edit) int { return a.Start - b.Start })
	return edits, nil
}

// edit is the change for one operation; nil where it is among what is added,
// because two operations may add to one map.
func edit(doc *manifest.Document, op Op, added *[]addition) (*finding.Edit, error) {
	if len(op.Path) == 0 {
		return nil, errors.New("the path is empty")
	}
	if shared(doc.Root, op.Path) {
		return nil, errShared
	}
	n := doc.Root.At(op.Path)
	switch op.Kind {
	case Remove:
		if n == nil {
			return nil, errors.New("there is nothing")
		}
		return remove(doc, op.Path)
	case Insert:
		if n != nil {
			return nil, errors.New("it is there already")
		}
		return nil, add(doc, op, added)
	case Set:
		if n != nil {
			return replace(doc, n, op.Value)
		}
		return nil, add(doc, op, added)
	}
	return nil, fmt.Errorf("unknown op %q", op.Kind)
}

// shared reports whether a node on the path is copied from elsewhere.
func shared(n *manifest.Node, p manifest.Path) bool {
	for i := range p {
		if n = n.At(p[i : i+1]); n == nil {
			return false
		}
		if n.Anchor() != nil {
			return true
		}
	}
	return false
}

// Verify reads the document's text again with the edits: it has to differ by the
// operations, and by nothing else.
func Verify(doc *manifest.Document, ops []Op, edits []finding.Edit) error {
	want := clone(doc.Root)
	for _, op := range ops {
		if err := apply(want, op); err != nil {
			return err
		}
	}
	file := doc.File
	span := file.NodeRange(doc.Root)
	start := span.Start.Byte - (span.Start.Column - 1)
	end := min(lineEnd(file.Data, span.End.Byte)+1, len(file.Data))
	for _, e := range edits {
		if e.Start < start || e.End > end {
			return errors.New("the change reaches out of the object")
		}
	}
	text, err := Apply(file.Data[start:end], edits, start)
	if err != nil {
		return err
	}
	// What stands before an item of a List, its dash, gives way to blanks.
	for i := range span.Start.Byte - start {
		text[i] = ' '
	}
	again := manifest.Parse(file.Name, text, manifest.Options{})
	if len(again.Problems) > 0 {
		return fmt.Errorf("the result cannot be read: %s", again.Problems[0].Message)
	}
	if len(again.Documents) != 1 || !equal(again.Documents[0].Root, want) {
		return errors.New("more than the place itself would change")
	}
	return nil
}

// Apply carries out edits, in the order of their places, on bytes that begin at
// the offset of the file. It errors where edits overlap.
func Apply(data []byte, edits []finding.Edit, offset int) ([]byte, error) {
	var out []byte
	at := 0
	for _, e := range edits {
		start, end := e.Start-offset, e.End-offset
		if start < at || end < start || end > len(data) {
			return nil, errors.New("the changes overlap")
		}
		out = append(out, data[at:start]...)
		out = append(out, e.Text...)
		at = end
	}
	return append(out, data[at:]...), nil
}
