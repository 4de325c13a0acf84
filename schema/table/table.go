// Package table is what a schema is at run time: plain data that was compiled
// from CUE, by go generate for Kubernetes' own kinds and at start for a user's.
// It holds no code, so that the tables are static data and cost nothing until
// they are read. Package schema walks a document along them.
package table

import (
	"sort"
)

// An ID is an index into Table.Types. 0 accepts every value.
type ID uint16

// A Table is a compiled schema.
type Table struct {
	Kinds    []Kind   // sorted by APIVersion and Kind
	Types    []Type   // Types[0] accepts every value
	Patterns []string // regular expressions in RE2, each once; Pattern.Expr is an index
	APIs     []API    // sorted by APIVersion and Kind
}

// A Kind is a kind that the table can check.
type Kind struct {
	APIVersion, Kind string
	Type             ID
}

// A Binding is what a user's schema says of the objects of one kind.
type Binding struct {
	Name, APIVersion, Kind string
	Type                   ID
}

// An API is a kind that Kubernetes serves or once served, whether or not the
// table can check it. The numbers are minors: 16 is Kubernetes 1.16.
type API struct {
	APIVersion, Kind string
	Added            uint8  // the first minor that serves it, 0 before 1.16
	Deprecated       uint8  // the first minor that warns, 0 for none
	Removed          uint8  // the first minor that no longer serves it, 0 for none
	Use              string // the apiVersion to use instead, "" for none
	Changes          string // what changes on the way there, "" for nothing
}

// Lookup is the type of a kind; ok is false where the table has none.
func (t *Table) Lookup(apiVersion, kind string) (id ID, ok bool) {
	i := sort.Search(len(t.Kinds), func(i int) bool {
		k := &t.Kinds[i]
		return k.APIVersion > apiVersion || k.APIVersion == apiVersion && k.Kind >= kind
	})
	if i < len(t.Kinds) && t.Kinds[i].APIVersion == apiVersion && t.Kinds[i].Kind == kind {
		return t.Kinds[i].Type, true
	}
	return 0, false
}

// LookupAPI is what is known of an API's life, or nil.
func (t *Table) LookupAPI(apiVersion, kind string) *API {
	i := sort.Search(len(t.APIs), func(i int) bool {
		a := &t.APIs[i]
		return a.APIVersion > apiVersion || a.APIVersion == apiVersion && a.Kind >= kind
	})
	if i < len(t.APIs) && t.APIs[i].APIVersion == apiVersion && t.APIs[i].Kind == kind {
		return &t.APIs[i]
	}
	return nil
}

// Type is the type with the id.
func (t *Table) Type(id ID) *Type { return &t.Types[id] }

// Field is the field at a path of keys below a type. List items are passed
// through without a step of their own: spec, containers, name. It is nil where
// the path leads out of the schema.
func (t *Table) Field(id ID, path ...string) *Field {
	var f *Field
	for i, key := range path {
		typ := &t.Types[id]
		for typ.List != nil && typ.Map == nil {
			typ = &t.Types[typ.List.Elem]
		}
		if typ.Map == nil {
			return nil
		}
		if f = typ.Map.Field(key); f == nil {
			return nil
		}
		if i < len(path)-1 {
			id = f.Type
		}
	}
	return f
}

// Default is what the server fills in where the field at the path is absent
// and what lies around it does not matter; nil where there is no such value.
func (t *Table) Default(id ID, path ...string) *Value {
	if f := t.Field(id, path...); f != nil {
		return f.Default
	}
	return nil
}
