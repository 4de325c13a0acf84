package schema

import (
	"slices"
	"testing"

	"github.com/rollcast/rollcast/schema/kinds"
	"github.com/rollcast/rollcast/schema/table"
)

// TestChecksAreNamed demands that every check in Go is used by a CUE file, and
// every name in a CUE file is a check; DESIGN allows 25.
func TestChecksAreNamed(t *testing.T) {
	used := map[string]bool{}
	note := func(checks []table.Check) {
		for _, k := range checks {
			used[k.Name] = true
		}
	}
	for i := range kinds.Table.Types {
		typ := &kinds.Table.Types[i]
		note(typ.Checks)
		for _, s := range typ.Scalars {
			note(s.Checks)
		}
		if typ.Map == nil {
			continue
		}
		for _, f := range typ.Map.Fields {
			note(f.Checks)
		}
		for _, r := range typ.Map.Rules {
			if r.Check != nil {
				used[r.Check.Name] = true
			}
		}
	}
	for name := range used {
		if checkNamed(name) == nil {
			t.Errorf("a CUE file names the check %s, which does not exist", name)
		}
	}
	for _, name := range CheckNames {
		if checkNamed(name) == nil {
			t.Errorf("the check %s is listed and does not exist", name)
		}
		if !used[name] {
			t.Errorf("no CUE file names the check %s", name)
		}
	}
	if !slices.IsSorted(CheckNames) || len(CheckNames) > 25 {
		t.Errorf("%d checks: at most 25, sorted", len(CheckNames))
	}
}
