// Package finding is what any check says: a rule, a severity, one sentence,
// and the place.
package finding

import (
	"fmt"

	"github.com/rollcast/rollcast/manifest"
)

// Severity orders findings; a higher one is worse.
type Severity uint8

const (
	Info Severity = iota + 1
	Warning
	Error
)

var severityNames = [...]string{Info: "info", Warning: "warning", Error: "error"}

// String names the severity as users write it: info, warning, error.
func (s Severity) String() string { return severityNames[s] }

// ParseSeverity reads what a user wrote; the error lists the choices.
func ParseSeverity(s string) (Severity, error) {
	for i, name := range severityNames {
		if name != "" && name == s {
			return Severity(i), nil
		}
	}
	return 0, fmt.Errorf("unknown severity %q: choose error, warning or info", s)
}

// A Finding is one fault or risk at one place.
type Finding struct {
	Rule     string // a fixed id such as schema/one-of, or the name of a rule folder
	Severity Severity
	Message  string // one sentence, lower case, no full stop
	File     *manifest.File
	Document *manifest.Document // nil where the file could not be read
	Set      string             // what is applied together with it: a folder or kustomization, "" without a document
	Path     manifest.Path      // of the field, or of its nearest existing ancestor
	Range    manifest.Range
	Related  []Related
	Fix      *Fix
	// Unnamed is how many steps of Path the API server leaves out: of a label it
	// names the map of labels.
	Unnamed int
	// Status compares the finding with the base of a review; "" without a base.
	Status Status
	// Nearness says whether the change of a review touches the place; it is
	// Apart without a base, and for fixed findings.
	Nearness Nearness
	// Suppression says why the finding is not reported; nil for one that is.
	Suppression *Suppression
}

// ServerPath is the field as the API server names it.
func (f *Finding) ServerPath() manifest.Path { return f.Path[:len(f.Path)-f.Unnamed] }

// Status is what a change did to a finding.
type Status string

const (
	New       Status = "new"       // the base does not have it
	Fixed     Status = "fixed"     // only the base has it: its places are in the base's files
	Unchanged Status = "unchanged" // both have it
)

// Nearness is how near to what changed a finding lies.
type Nearness uint8

const (
	Apart         Nearness = iota // in a file that did not change
	InChangedFile                 // in a file that changed, elsewhere in it
	InHunk                        // on a line that a diff shows: three around each change
)

// String names the nearness: apart, in changed file, in hunk.
func (n Nearness) String() string {
	return [...]string{Apart: "apart", InChangedFile: "in changed file", InHunk: "in hunk"}[n]
}

// A Suppression is a user's decision to live with a finding.
type Suppression struct {
	InSource bool   // by a comment beside it, else by a baseline
	Reason   string // as the comment gives it, "" for a baseline
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
	// Verify reads the object again with the edits, and errors where they would
	// change more than they should; nil where there is nothing to ask. It costs
	// as much as parsing the object, so that only who carries the edits out asks.
	Verify func() error
}

// An Edit replaces the bytes [Start, End) of a file with Text.
type Edit struct {
	File       *manifest.File
	Start, End int
	Text       string
}
