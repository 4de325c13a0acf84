package fix

import (
	"cmp"
	"slices"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
)

// Choose picks the fixes that can be carried out together, those that are not
// safe only where unsafe is set: the first of those that touch each other, in
// the order of the findings, and one of those that repeat each other. A fix
// that reaches into two files is left out.
func Choose(findings []finding.Finding, unsafe bool) map[*manifest.File][]*finding.Fix {
	chosen := map[*manifest.File][]*finding.Fix{}
	for i := range findings {
		f := findings[i].Fix
		if f == nil || !f.Safe && !unsafe || len(f.Edits) == 0 {
			continue
		}
		file := f.Edits[0].File
		if slices.ContainsFunc(f.Edits, func(e finding.Edit) bool { return e.File != file }) {
			continue
		}
		if !slices.ContainsFunc(chosen[file], func(other *finding.Fix) bool { return touch(f, other) }) {
			chosen[file] = append(chosen[file], f)
		}
	}
	return chosen
}

// touch reports whether two fixes change the same place: also the same place
// to insert at, because both may add the same map.
func touch(a, b *finding.Fix) bool {
	for _, x := range a.Edits {
		for _, y := range b.Edits {
			if x.Start <= y.End && y.Start <= x.End {
				return true
			}
		}
	}
	return false
}

// Carry carries out fixes of one file that do not touch each other. ok is false
// where the result cannot be read, or holds other documents.
func Carry(file *manifest.File, fixes []*finding.Fix) (data []byte, ok bool) {
	var edits []finding.Edit
	for _, f := range fixes {
		if f.Verify != nil && f.Verify() != nil {
			return nil, false
		}
		edits = append(edits, f.Edits...)
	}
	slices.SortStableFunc(edits, func(a, b finding.Edit) int { return cmp.Compare(a.Start, b.Start) })
	data, err := Apply(file.Data, edits, 0)
	if err != nil {
		return nil, false
	}
	again := manifest.Parse(file.Name, data, manifest.Options{Stdin: file.Stdin})
	return data, len(again.Problems) <= len(file.Problems) && len(again.Documents) == len(file.Documents)
}
