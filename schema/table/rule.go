package table

// A Rule is what must hold of a mapping as a whole. Exactly one of Then,
// Match, Must and Check is set.
type Rule struct {
	When *Cond  // the rule holds under this condition; nil for always
	Why  string // the condition in words: "type is Recreate"

	Then  ID     // under the condition, the mapping is also of this type
	Match *Match // how many of some types the mapping is
	Must  *Must  // what a computed value has to be
	Check *Check // a check in Go

	Message string
	RuleID  string
	Since   *Since
}

// A Match counts the types that a mapping is of.
type Match struct {
	Min, Max int // Max is -1 for no limit
	Of       []ID
	Keys     []string // where each type only asks for the presence of one key: that key
	Places   []uint8  // of the keys among the mapping's fields
}

// A Must limits a computed value: the length and uniqueness of a collection,
// or the form of a text.
type Must struct {
	Of     Term
	Unique bool
	Min    int
	Max    int // -1 for no limit
	Type   ID  // of a value that is no collection
}

// A Check is a named check in Go, with its arguments as CUE gives them.
type Check struct {
	Name string
	Args []string
}

// Op is a comparison, or what joins conditions.
type Op uint8

const (
	And   Op = iota + 1 // Of
	Chain               // Of, each of them only if those before it hold
	Or                  // Of
	Not                 // Of[0]
	Eq                  // X, Y
	Ne
	Lt
	Le
	Gt
	Ge
	Matches  // X matches the pattern Expr
	Unlike   // X does not
	Present  // X is there
	Missing  // X is not there
	True     // X is true
	In       // only in a Bound: one of the collection To
	Contains // the collection X has Y
)

// A Cond is a condition on fields.
type Cond struct {
	Op   Op
	Of   []*Cond
	X, Y Term
	Expr uint16 // of Matches and Unlike
}

// TermKind is what a Term reads.
type TermKind uint8

const (
	Const   TermKind = iota + 1 // Value
	Ref                         // a field: Up mappings above the one with the rule, then Path
	Var                         // a loop variable: N counts the loops from the outermost, then Path
	Length                      // of Args[0]: items, keys or characters
	Text                        // Args joined
	Collect                     // what Loops yield, joined
	Place                       // the index or key of loop N
)

// A Term is a value that a rule computes.
type Term struct {
	Kind  TermKind
	Value *Value
	Up    int
	N     int
	Path  []string
	Field uint8 // of a Ref: 1 + the place of Path[0] among the fields, 0 if it is not known
	Args  []Term
	Loops []Loop
}

// A Loop is one comprehension of a list: clauses from left to right, and what
// is yielded at the end of them.
type Loop struct {
	Clauses []Clause
	Yield   Term
}

// A Clause loops over a list or mapping, or filters.
type Clause struct {
	For *Term // the next variable's source
	If  *Cond
}
