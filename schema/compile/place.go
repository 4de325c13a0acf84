package compile

import (
	"slices"

	"cuelang.org/go/cue/token"
)

// A place is where a type is put: the complete mappings around it, outermost
// first, in which the terms of its rules are looked up; what conditions add to
// each of them; and the fields that are known to be there, because a condition
// has tested for them.
type place struct {
	around []*structure
	added  [][]*structure
	carry  []*structure // what has been added to the mapping that is entered next
	known  map[string]bool
}

// pos is where the innermost mapping is written.
func (p place) pos() token.Pos {
	if len(p.around) == 0 {
		return token.NoPos
	}
	return p.around[len(p.around)-1].pos
}

// inside enters a mapping; addition is what a condition adds to it, or nil.
func (p place) inside(s, addition *structure) place {
	added := slices.Clone(p.carry)
	if addition != nil {
		added = append(added, addition)
	}
	return place{
		around: append(slices.Clone(p.around), s),
		added:  append(slices.Clone(p.added), added),
		known:  p.known,
	}
}

// outside leaves the innermost mapping, in order to enter it again.
func (p place) outside() place {
	n := len(p.around) - 1
	return place{around: p.around[:n], added: p.added[:n], carry: p.added[n], known: p.known}
}
