package schema

import (
	"bytes"
	"slices"
	"strings"

	"github.com/rollcast/rollcast/schema/table"
)

// A Kind is a kind that some supported version serves, or that once was served.
type Kind struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Since      string `json:"since,omitempty"`   // 1.29; "" before 1.16
	Removed    string `json:"removed,omitempty"` // 1.25; "" while it is served
	Use        string `json:"use,omitempty"`     // the apiVersion that took its place
	Changes    string `json:"changes,omitempty"` // what is different there
	Fields     bool   `json:"fields"`            // whether its fields are checked
	Judged     Level  `json:"judged,omitempty"`  // how far; "" where the fields are not checked
}

// A Level is how far objects of a kind are judged.
type Level string

const (
	Full  Level = "full"  // as the server does
	Main  Level = "main"  // what matters of what the server does
	Shape Level = "shape" // which fields there are, their types and what is required
)

// mainKinds are the kinds that are judged by what matters of them.
var mainKinds = []string{
	"APIService", "ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition", "EndpointSlice", "Ingress",
	"NetworkPolicy", "PersistentVolume", "Role", "RoleBinding", "StorageClass",
}

// levels are the levels of the built-in definitions. Those of shapes.cue are
// generated from the Go types, which know no more than shapes.
func levels() func(definition, kind string) Level {
	shapes, err := Files.ReadFile("shapes.cue")
	if err != nil {
		panic(err) // it is embedded
	}
	return func(definition, kind string) Level {
		switch {
		case bytes.Contains(shapes, []byte("\n#"+definition+": ")):
			return Shape
		case slices.Contains(mainKinds, kind):
			return Main
		}
		return Full
	}
}

// Kinds are all kinds that the schema knows, by name, and those of one name by
// apiVersion with the one to use first.
func Kinds() []Kind {
	tab, level := builtin.tab, levels()
	out := make([]Kind, 0, len(tab.APIs))
	for i := range tab.APIs {
		a := &tab.APIs[i]
		k := Kind{APIVersion: a.APIVersion, Kind: a.Kind, Since: version(a.Added), Removed: version(a.Removed), Use: a.Use, Changes: a.Changes}
		var id table.ID
		if id, k.Fields = tab.Lookup(a.APIVersion, a.Kind); k.Fields {
			k.Judged = level(tab.Types[id].Name, a.Kind)
		}
		out = append(out, k)
	}
	slices.SortStableFunc(out, func(a, b Kind) int {
		if n := strings.Compare(a.Kind, b.Kind); n != 0 {
			return n
		}
		if n := rank(b) - rank(a); n != 0 {
			return n
		}
		return strings.Compare(b.Removed, a.Removed)
	})
	return out
}

// rank is higher for the one of several versions that people should write: one
// that is served, checked, stable and young.
func rank(k Kind) int {
	n := 0
	if k.Removed == "" {
		n += 8
	}
	if k.Fields {
		n += 4
	}
	if !strings.Contains(k.APIVersion, "alpha") && !strings.Contains(k.APIVersion, "beta") {
		n += 2
	}
	if k.APIVersion == "events.k8s.io/v1" || strings.HasSuffix(k.APIVersion, "v2") {
		n++
	}
	return n
}

// A Field is a field of a kind, or a kind as a whole, in words for people.
type Field struct {
	Name     string   `json:"name,omitempty"`
	Type     string   `json:"type"` // "list of maps", "integer or string"
	Required bool     `json:"required,omitempty"`
	Default  string   `json:"default,omitempty"` // as JSON
	Given    []string `json:"given,omitempty"`   // defaults under a condition
	Since    *Since   `json:"since,omitempty"`
	Values   []Value  `json:"values,omitempty"` // the only values
	Limits   []string `json:"limits,omitempty"` // "a DNS label", "at least 0"
	Checks   []string `json:"checks,omitempty"` // what must hold of several fields of a mapping
	Fields   []Field  `json:"fields,omitempty"` // of a mapping, or of the items of a list
	// Dropped says that the server drops the field before it judges it: the
	// minor knows it, but its feature gate is off.
	Dropped bool `json:"dropped,omitempty"`

	typ table.ID
}

// A Since says in which versions something is known and in effect.
type Since struct {
	Added   string `json:"added,omitempty"`
	Works   string `json:"works,omitempty"` // without a gate set, in effect since
	Removed string `json:"removed,omitempty"`
	Gate    string `json:"gate,omitempty"`
}

// A Value is one value of an enumeration.
type Value struct {
	Value string `json:"value"`
	Since *Since `json:"since,omitempty"`
}

// An UnknownFieldError says that a path leads out of a kind.
type UnknownFieldError struct {
	Holder string   // the path that exists, "" for the kind itself
	Name   string   // the field that it lacks
	Names  []string // the fields that it has
}

func (e *UnknownFieldError) Error() string { return "unknown field " + quote(e.Name) }

// Describe is what the schema says of a kind, or of a field of it: lists are
// passed through, so that spec.containers.name names each container's. depth is
// the number of levels of fields below it, 0 for all. Of what the minor of opt
// does not have nothing is said. The second result is false where there is no
// schema for the kind's fields.
func Describe(apiVersion, kind string, path []string, depth int, opt Options) (*Field, bool, error) {
	id, ok := builtin.tab.Lookup(apiVersion, kind)
	if !ok {
		return nil, false, nil
	}
	if opt.Minor == 0 {
		opt.Minor = Newest
	}
	d := describer{builtin.tab, opt}
	at := d.field(&table.Field{Type: id})
	for i, key := range path {
		st := d.structOf(at.typ)
		var f *table.Field
		if st != nil {
			f = st.Field(key)
		}
		if f == nil || d.stage(f.Since) == table.Unknown {
			return nil, true, &UnknownFieldError{strings.Join(path[:i], "."), key, d.names(st)}
		}
		at = d.field(f)
	}
	if depth == 0 {
		depth = -1
	}
	d.descend(&at, depth, nil)
	return &at, true, nil
}

// descend adds the fields of a mapping. A type that contains itself, as that of
// a JSON schema does, is not entered again.
func (d describer) descend(f *Field, depth int, around []table.ID) {
	st := d.structOf(f.typ)
	if st == nil || depth == 0 || slices.Contains(around, f.typ) {
		return
	}
	around = append(slices.Clip(around), f.typ)
	for i := range st.Fields {
		if d.forbidden(&st.Fields[i]) || d.stage(st.Fields[i].Since) == table.Unknown {
			continue
		}
		sub := d.field(&st.Fields[i])
		d.descend(&sub, depth-1, around)
		f.Fields = append(f.Fields, sub)
	}
}
