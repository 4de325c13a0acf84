package table

// A Type is what a value may be: one of the scalars, or a map, or a list.
// A type with none of them accepts nothing, which makes a field forbidden.
type Type struct {
	Name    string // of the CUE definition it comes from, "" where it has none
	Is      string // what a value must be, in words: "a DNS label"
	Any     bool   // every value
	Scalars []Scalar
	Map     *Struct
	List    *List
	Checks  []Check
	Values  []ValueSince // the values that came or went with a version
}

// ScalarKind is the kind of a scalar.
type ScalarKind uint8

const (
	Bool ScalarKind = iota + 1
	Int
	Number // also an integer
	String
)

// A Scalar is one form that a scalar may take: all of its limits hold.
type Scalar struct {
	Kind     ScalarKind
	Bits     uint8    // 32 or 64: what the server's integer holds
	Values   []string // the only values, in the order of the CUE file
	Not      []string // values that it must not have
	Min, Max *Limit   // of a number
	MinRunes int
	MaxRunes int // 0 for no limit
	Patterns []Pattern
	Bounds   []Bound // against other fields
	Checks   []Check
}

// A Limit bounds a number.
type Limit struct {
	N    int64
	Open bool // N itself is outside
}

// A Pattern is a regular expression that must match somewhere in a string, or
// nowhere.
type Pattern struct {
	Expr uint16 // index into Table.Patterns
	Not  bool
}

// A Bound compares the value with another one.
//
//	>minReadySeconds                       Op Gt, To the field
//	or([for v in volumes {v.name}])        Op In, To the collection
//	and([for d in devices {!=d.name}])     Op Ne, To the collection: with each of it
type Bound struct {
	Op Op
	To Term
}

// A List is a sequence of elements of one type.
type List struct {
	Elem     ID
	Min, Max int // number of elements; Max is -1 for no limit
}

// A Struct is a mapping: known fields, and keys that match a pattern.
type Struct struct {
	Fields    []Field      // sorted by name
	Keys      []KeyPattern // what keys that are no field may be
	Open      bool         // other keys are allowed, with any value
	MinFields int
	MaxFields int // -1 for no limit
	Rules     []Rule
	Absent    []uint8 // the fields that need a look when they are absent
}

// A KeyPattern gives the keys of one type a value of another.
type KeyPattern struct {
	Key, Elem ID
}

// Field is the field of that name, or nil.
func (s *Struct) Field(name string) *Field {
	if i := s.Index(name); i >= 0 {
		return &s.Fields[i]
	}
	return nil
}

// Index is the place of a name among the fields, or -1.
func (s *Struct) Index(name string) int {
	lo, hi := 0, len(s.Fields)
	for lo < hi { // sort.Search without its calls: this runs for every key
		mid := int(uint(lo+hi) >> 1)
		if s.Fields[mid].Name < name {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(s.Fields) && s.Fields[lo].Name == name {
		return lo
	}
	return -1
}

// Presence is what an absent field means.
type Presence uint8

const (
	Optional Presence = iota // it stays absent
	Required                 // an error
	Filled                   // the server fills in a value; an error where there is none
)

// A Field is one key of a mapping.
type Field struct {
	Name     string
	Type     ID
	Presence Presence
	Default  *Value  // what is filled in, unless Given says otherwise
	Given    []Given // what is filled in under a condition; an optional field then is there
	Zero     bool    // the zero value counts as absent
	Since    *Since
	Message  string // replaces the generated sentence
	RuleID   string // replaces the generated rule id, without "schema/"
	Checks   []Check
	Was      []Was
	Typed    bool  // the value is typed, and nothing more is judged of it
	Place    uint8 // in a type that a rule adds: 1 + the field's place in the complete type, 0 if it is not known
}

// A Given is a value that a field has under a condition when it is absent.
type Given struct {
	When  *Cond
	Fixed bool // it is the only value that the field may have then
	Empty bool // an empty mapping, whose own fields are then filled in
	Value Term
}

// Was says which type a field had in older minors. Where it counts, the gate
// of the field itself does not.
type Was struct {
	Before uint8  // the first minor with the present type
	Gate   string // the feature gate that brought the present type, "" for none
	Type   ID
	Typed  bool // the value was typed, and nothing more was judged of it
}

// Counts reports whether the former type is the field's at a minor. A gate that
// gates names overrides its default.
//
// Example: with Before 33 and Gate RelaxedDNSSearchValidation, it counts at
// 1.32, but not with the gate set to true; at 1.33 only with the gate off.
func (w *Was) Counts(minor int, gates map[string]bool) bool {
	if on, set := gates[w.Gate]; set && w.Gate != "" {
		return !on
	}
	return minor < int(w.Before)
}

// A Value is a value that the server fills in.
type Value struct {
	Kind  ValueKind
	Text  string // of a scalar: a string's content, else its JSON form
	Items []Value
}

// ValueKind is the kind of a Value.
type ValueKind uint8

const (
	BoolValue ValueKind = iota + 1
	IntValue
	StringValue
	ListValue
)
