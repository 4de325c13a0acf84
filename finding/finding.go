// Package finding is what any check says: a rule, a severity, one sentence,
// and the place.
package finding

import (
	"github.com/rollcast/rollcast/manifest"
)

// Severity orders findings; a higher one is worse.
type Severity uint8

const (
	Info Severity = iota + 1
	Warning
	Error
)

// A Finding is one fault or risk at one place.
type Finding struct {
	Rule     string // a fixed id such as schema/one-of, or the name of a rule folder
	Severity Severity
	Message  string // one sentence, lower case, no full stop
	File     *manifest.File
	Document *manifest.Document // nil where the file could not be read
	Path     manifest.Path      // of the field, or of its nearest existing ancestor
	Range    manifest.Range
	Related  []Related
	Fix      *Fix
}

// A Related place explains a finding: the other probe, the first duplicate.
type Related struct {
	File    *manifest.File
	Range   manifest.Range
	Message string
}

// A Fix is a set of edits that removes the finding.
type Fix struct {
	Safe        bool // the object is unchanged after defaulting, or was rejected before
	Description string
	Edits       []Edit
}

// An Edit replaces the bytes [Start, End) of a file with Text.
type Edit struct {
	File       *manifest.File
	Start, End int
	Text       string
}
