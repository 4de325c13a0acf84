package finding

import (
	"cmp"
	"slices"
)

// Sort puts findings into the order of every report: file, byte, rule, and,
// so that no two runs differ, path, set and message.
func Sort(findings []Finding) {
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.File.Name, b.File.Name),
			cmp.Compare(a.Range.Start.Byte, b.Range.Start.Byte),
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Path.String(), b.Path.String()),
			cmp.Compare(a.Set, b.Set),
			cmp.Compare(a.Message, b.Message),
		)
	})
}
