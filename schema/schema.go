// Package schema judges Kubernetes manifests as the API server would, with the
// tables that are compiled from the CUE files beside it. It explains each fault
// in one sentence, at the key or value that is wrong. README.md says how the
// schema is written.
package schema

import (
	"sync/atomic"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema/kinds"
	"github.com/rollcast/rollcast/schema/table"
)

//go:generate go run generate.go

// Newest and Oldest are the minors of Kubernetes 1.x that Check can judge by.
const (
	Newest = 36
	Oldest = 25
)

// Options say which server a document is judged as.
type Options struct {
	Minor int             // of Kubernetes 1.x; 0 is Newest
	Gates map[string]bool // feature gates that are set, by name; the others have the minor's default
	// Custom are the schemas of kinds that are not built in; nil for none.
	Custom *Custom
}

// A Result is what the schema says about one document.
type Result struct {
	Findings []finding.Finding // in no particular order
	// Known says that there is a schema for the document's apiVersion and
	// kind, or an error saying that the server does not serve them. Without
	// one, nothing but that is judged.
	Known bool
	// Custom says that the schema came from a CustomResourceDefinition.
	Custom bool
}

// Check judges a document by the schema of its kind: what it reports as an
// error the API server would reject, and it explains it at the key or value
// that is wrong. One fault gives one finding.
func Check(doc *manifest.Document, opt Options) Result {
	return builtin.check(doc, opt, true)
}

// A set is a table with the patterns that have been needed so far.
type set struct {
	tab      *table.Table
	compiled []atomic.Pointer[automaton]
}

var builtin = newSet(&kinds.Table)

func newSet(tab *table.Table) *set {
	return &set{tab: tab, compiled: make([]atomic.Pointer[automaton], len(tab.Patterns))}
}

// matches reports whether a pattern of the table matches. It is compiled when it
// is first needed: most documents need a handful of them.
func (s *set) matches(expr uint16, text string) bool {
	a := s.compiled[expr].Load()
	if a == nil {
		a = newAutomaton(s.tab.Patterns[expr])
		s.compiled[expr].Store(a)
	}
	return a.match(text)
}

// check is Check with any table, and the named checks only if checks is true.
func (s *set) check(doc *manifest.Document, opt Options, checks bool) Result {
	c := s.checker(doc, opt, checks)
	id, known := s.tab.Lookup(doc.APIVersion, doc.Kind)
	custom := false
	c.api(known)
	if known && c.lostIndentation(id) {
		return Result{Findings: c.findings, Known: true}
	}
	c.duplicates()
	if known && !c.refused {
		c.findGone()
		c.frames, c.results = c.space[:0], c.few[:0]
		c.values = make([]*manifest.Node, 0, 256)
		c.value(id, doc.Root, site{})
	} else if custom = !known && c.custom(); custom {
		known = true
	}
	c.tellRest()
	return Result{Findings: c.findings, Known: known || c.refused, Custom: custom}
}

func (s *set) checker(doc *manifest.Document, opt Options, checks bool) *checker {
	if opt.Minor == 0 {
		opt.Minor = Newest
	}
	return &checker{doc: doc, set: s, tab: s.tab, opt: opt, checks: checks, budget: maxSteps}
}

// A checker walks one document.
type checker struct {
	doc    *manifest.Document
	set    *set
	tab    *table.Table
	opt    Options
	checks bool

	findings []finding.Finding
	untold   int              // findings beyond maxFindings
	guesses  int              // how often a misspelt key has been looked up
	frames   []frame          // the mappings around the value in hand, outermost first
	vars     []loopVar        // the loop variables of the collection in hand, outermost first
	space    [12]frame        // first room for frames
	values   []*manifest.Node // room for what frames know to be written
	calling  call             // the named check in hand
	results  []result         // room for the values of a collection
	few      [16]result
	shape    int // above 0 nothing but types counts: the server drops the value
	quiet    int // above 0 a fault is not told but counted in failed
	failed   bool
	unsure   bool           // a rule read something that is itself faulty
	partial  bool           // a collection passed over an item that is faulty
	circular bool           // a condition asked for what it would give
	filling  []missingField // the fields whose filling in is being looked up
	doubtful bool           // a match read something that is itself faulty
	why      []string       // the conditions of the rules in hand, in words
	budget   int            // steps of loops that are left

	faulty  map[*manifest.Node]bool // values, and mappings with a missing or misspelt field
	missing map[missingField]bool
	gone    map[*manifest.Node]bool // items that the server drops with a field of theirs
	links   map[*manifest.Node]link
	stands  map[*manifest.Node]*manifest.Node // nulls by the zero values that stand for them
	zeros   map[*manifest.Node]*manifest.Node // the other way round
	sets    map[setKey]map[value]bool

	repeated map[pair]repetition
	refused  bool // the server does not serve the document's kind
}

// A missingField is a field that a mapping wants to have but for a misspelling.
type missingField struct {
	in   *manifest.Node
	name string
}

// A frame is a mapping and its complete type.
type frame struct {
	node *manifest.Node
	typ  *table.Struct // nil where every key is allowed
	// written are the values of the type's fields that the server takes as
	// written, nil for the others. It is nil itself for a mapping that is only
	// looked into.
	written []*manifest.Node
}

// A site is where a value stands: the mapping with its key and the field that
// it is, or, for an item of a list, the list's own.
type site struct {
	parent *manifest.Node
	key    *manifest.Node
	field  *table.Field
	item   bool
}

// maxSteps bounds the loops of one document's rules. A set of n names that
// occurs in m places takes n+m steps, so that only loops within loops over
// thousands of items come near it; what they would say is then not said.
const maxSteps = 5_000_000
