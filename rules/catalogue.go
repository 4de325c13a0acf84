package rules

import "github.com/rollcast/rollcast/finding"

// Profile is a selection of rules: each profile holds those before it.
type Profile string

const (
	Minimal     Profile = "minimal"
	Recommended Profile = "recommended"
	Strict      Profile = "strict"
)

// A Rule is what its METADATA says of it.
type Rule struct {
	ID           string
	Title        string
	Severity     finding.Severity
	Category     string
	Confidence   string // how sure a finding is: low, medium or high
	Profile      Profile
	Kinds        []string
	NeedsContext bool // silent where the set is incomplete
	Since        string
	Sources      []Source
}

// A Source is where a rule's reason is documented.
type Source struct {
	Title, URL string
}

// Catalogue lists the shipped rules by id.
func Catalogue() []Rule { return nil }

// Find is the shipped rule of that id.
func Find(id string) (rule Rule, ok bool) { return Rule{}, false }

// Page is the rule's documentation as Markdown, as in docs/rules.
func (r Rule) Page() string { return "" }
