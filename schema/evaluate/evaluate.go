// Package evaluate asks CUE's own evaluator about a schema and about documents:
// the generator does, to know that package compile reads the schema rightly,
// tests do, and so does lint --verify-schema. Nothing else may need it: what is
// not asked for is not evaluated.
package evaluate

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/build"
	cueerrors "cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/parser"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema/table"
)

// A Schema is an evaluated CUE package.
type Schema struct {
	ctx   *cue.Context
	value cue.Value
}

// New evaluates files, by their names, as one CUE package.
func New(files map[string][]byte) (*Schema, error) {
	inst := build.NewContext().NewInstance("", nil)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, err := parser.ParseFile(name, files[name], parser.ParseComments)
		if err != nil {
			return nil, located(err)
		}
		if err := inst.AddSyntax(f); err != nil {
			return nil, located(err)
		}
	}
	if err := inst.Complete(); err != nil {
		return nil, located(err)
	}
	s := &Schema{ctx: newContext()}
	s.value = s.ctx.BuildInstance(inst)
	if err := s.value.Err(); err != nil {
		return nil, fmt.Errorf("evaluate the schema: %w", located(err))
	}
	return s, nil
}

// located is CUE's error with its places.
func located(err error) error {
	return errors.New(strings.TrimSpace(cueerrors.Details(err, nil)))
}

// Accepts asks whether a document is of a definition: nil, or what is wrong with
// it. BuildExpr, and not BuildFile, which keeps every document for ever.
func (s *Schema) Accepts(definition string, document *manifest.Node) error {
	return s.value.LookupPath(cue.MakePath(cue.Def(definition))).Unify(s.ctx.BuildExpr(expression(document))).Validate(cue.Concrete(true))
}

// Fields are the fields of a definition: their names, whether they may be absent,
// and their defaults, where those are scalars; a field with one possible value
// has that. It is false where CUE cannot tell,
// because of a condition on what is absent.
func (s *Schema) Fields(definition string) ([]table.Field, bool) {
	it, err := s.value.LookupPath(cue.MakePath(cue.Def(definition))).Fields(cue.Optional(true))
	if err != nil {
		return nil, false
	}
	var out []table.Field
	for it.Next() {
		sel := it.Selector()
		if sel.LabelType() != cue.StringLabel || sel.ConstraintType() == cue.PatternConstraint {
			continue
		}
		f := table.Field{Name: sel.Unquoted(), Presence: table.Filled}
		switch {
		case sel.ConstraintType()&cue.OptionalConstraint != 0:
			f.Presence = table.Optional
		case sel.ConstraintType()&cue.RequiredConstraint != 0:
			f.Presence = table.Required
		}
		d, _ := it.Value().Default()
		switch d.Kind() {
		case cue.StringKind:
			text, _ := d.String()
			f.Default = &table.Value{Kind: table.StringValue, Text: text}
		case cue.IntKind, cue.BoolKind:
			if b, err := d.MarshalJSON(); err == nil {
				f.Default = &table.Value{Kind: table.IntValue, Text: string(b)}
			}
		}
		out = append(out, f)
	}
	return out, true
}

// APIs are what the schema says of the life of APIs, which is plain data:
//
//	apis: "extensions/v1beta1": Deployment: {removed: "1.16", use: "apps/v1", changes: "…"}
func (s *Schema) APIs() ([]table.API, error) {
	var out []table.API
	var failed error
	members(s.value.LookupPath(cue.ParsePath("apis")), func(apiVersion string, kinds cue.Value) {
		members(kinds, func(kind string, v cue.Value) {
			a := table.API{APIVersion: apiVersion, Kind: kind}
			members(v, func(key string, value cue.Value) {
				text, err := value.String()
				if err == nil {
					err = set(&a, key, text)
				}
				if err != nil && failed == nil {
					failed = fmt.Errorf("%v: %w", value.Pos(), err)
				}
			})
			out = append(out, a)
		})
	})
	return out, failed
}

func members(v cue.Value, visit func(string, cue.Value)) {
	it, err := v.Fields()
	if err != nil {
		return // there are none
	}
	for it.Next() {
		visit(it.Selector().Unquoted(), it.Value())
	}
}

func set(a *table.API, key, text string) (err error) {
	switch key {
	case "added":
		a.Added, err = minor(text)
	case "deprecated":
		a.Deprecated, err = minor(text)
	case "removed":
		a.Removed, err = minor(text)
	case "use":
		a.Use = text
	case "changes":
		a.Changes = text
	default:
		err = fmt.Errorf("an API has added, deprecated, removed, use and changes, but not %s", key)
	}
	return err
}

// minor reads 1.29 as 29.
func minor(text string) (uint8, error) {
	rest, ok := strings.CutPrefix(text, "1.")
	n, err := strconv.ParseUint(rest, 10, 8)
	if !ok || err != nil {
		return 0, fmt.Errorf("%q is no version such as 1.29", text)
	}
	return uint8(n), nil
}
