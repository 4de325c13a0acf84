package schema

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/schema/table"
)

// A describer puts a table into words, as it is in a minor.
type describer struct {
	tab *table.Table
	opt Options
}

func (d describer) stage(s *table.Since) table.Stage { return s.At(d.opt.Minor, d.opt.Gates) }

// typeOf is the type of a field in the minor.
func (d describer) typeOf(f *table.Field) table.ID {
	if w := (&checker{tab: d.tab, opt: d.opt}).former(f); w != nil {
		return w.Type
	}
	return f.Type
}

// structOf is the mapping that a type is, or a list of; nil for none.
func (d describer) structOf(id table.ID) *table.Struct {
	t := &d.tab.Types[id]
	for t.Map == nil && t.List != nil {
		t = &d.tab.Types[t.List.Elem]
	}
	return t.Map
}

func (d describer) names(st *table.Struct) []string {
	var names []string
	if st != nil {
		for i := range st.Fields {
			if !d.forbidden(&st.Fields[i]) && d.stage(st.Fields[i].Since) != table.Unknown {
				names = append(names, st.Fields[i].Name)
			}
		}
	}
	return names
}

// forbidden reports whether a field may never be there.
func (d describer) forbidden(f *table.Field) bool {
	t := &d.tab.Types[f.Type]
	return !t.Any && t.Map == nil && t.List == nil && len(t.Scalars) == 0
}

func (d describer) field(f *table.Field) Field {
	id := d.typeOf(f)
	t := &d.tab.Types[id]
	out := Field{Name: f.Name, typ: id, Type: d.kindOf(t), Required: f.Presence == table.Required, Since: since(f.Since)}
	out.Dropped = d.stage(f.Since) == table.Dropped
	if f.Default != nil {
		out.Default = jsonOf(f.Default)
	}
	for i := range f.Given {
		g := &f.Given[i]
		switch {
		case g.When == nil || g.Empty:
		case g.Value.Kind == table.Const && g.Value.Value != nil:
			out.Given = append(out.Given, jsonOf(g.Value.Value))
		case g.Value.Kind == table.Ref:
			out.Given = append(out.Given, strings.Join(g.Value.Path, "."))
		}
	}
	slices.Sort(out.Given)
	out.Given = slices.Compact(out.Given)
	d.limits(&out, t)
	out.addChecks(f.Checks)
	if st := d.structOf(id); st != nil {
		for i := range st.Rules {
			if d.stage(st.Rules[i].Since) == table.Unknown {
				continue
			}
			if text := d.rule(st, &st.Rules[i]); text != "" && !slices.Contains(out.Checks, text) {
				out.Checks = append(out.Checks, text)
			}
		}
	}
	return out
}

// limits says what values a type takes, those of a list's items included.
func (d describer) limits(out *Field, t *table.Type) {
	out.limit(t.Is)
	out.addChecks(t.Checks)
	if l := t.List; l != nil {
		switch {
		case l.Min == 1:
			out.limit("not empty")
		case l.Max == 0:
			out.limit("empty")
		case l.Min > 0:
			out.limit(fmt.Sprintf("at least %d items", l.Min))
		case l.Max >= 0:
			out.limit(fmt.Sprintf("at most %d items", l.Max))
		}
		d.limits(out, &d.tab.Types[l.Elem])
	}
	closed := !slices.ContainsFunc(t.Scalars, func(s table.Scalar) bool { return len(s.Values) == 0 })
	for i := range t.Scalars {
		s := &t.Scalars[i]
		if len(s.Values) > 0 && !closed {
			if len(s.Values) > 1 || s.Values[0] != out.Default {
				out.limit("or " + oneOf(s.Values))
			}
			continue
		}
		for _, v := range s.Values {
			if d.unknownValue(t.Values, v) {
				continue
			}
			out.Values = append(out.Values, Value{v, sinceOf(t.Values, v)})
		}
		out.addChecks(s.Checks)
		if t.Is != "" {
			continue // which says it all
		}
		if s.Min != nil || s.Max != nil {
			if words := allowedRange(s, fits); words != "another number" {
				out.limit(words)
			}
		}
		if s.MaxRunes > 0 {
			out.limit(fmt.Sprintf("at most %d characters", s.MaxRunes))
		}
		for _, p := range s.Patterns {
			word := "matches "
			if p.Not {
				word = "does not match "
			}
			out.limit(word + d.tab.Patterns[p.Expr])
		}
	}
}

// unknownValue reports whether the minor does not have a value.
func (d describer) unknownValue(values []table.ValueSince, value string) bool {
	for i := range values {
		if values[i].Value == value {
			return d.stage(&values[i].Since) == table.Unknown
		}
	}
	return false
}

func (f *Field) limit(text string) {
	if text != "" && !slices.Contains(f.Limits, text) {
		f.Limits = append(f.Limits, text)
	}
}

// addChecks adds the checks in Go, as schema/README.md lists them.
func (f *Field) addChecks(checks []table.Check) {
	for i := range checks {
		if text := checkInWords(&checks[i]); !slices.Contains(f.Checks, text) {
			f.Checks = append(f.Checks, text)
		}
	}
}

// kindOf says what a value is: string, list of maps, integer or string.
func (d describer) kindOf(t *table.Type) string {
	var words []string
	for _, k := range []struct {
		kind table.ScalarKind
		word string
	}{{table.Bool, "boolean"}, {table.Int, "integer"}, {table.Number, "number"}, {table.String, "string"}} {
		if hasKind(t, k.kind) {
			words = append(words, k.word)
		}
	}
	if t.Map != nil {
		words = append(words, d.mapOf(t.Map))
	}
	if t.List != nil {
		words = append(words, "list of "+plural(d.kindOf(&d.tab.Types[t.List.Elem])))
	}
	if len(words) == 0 {
		return "anything"
	}
	return list(words, "or")
}

func (d describer) mapOf(st *table.Struct) string {
	if len(st.Fields) == 0 && len(st.Keys) > 0 {
		return "map of " + plural(d.kindOf(&d.tab.Types[st.Keys[0].Elem]))
	}
	return "map"
}

// plural is the words of a kind for several values.
func plural(kind string) string {
	first, rest, _ := strings.Cut(kind, " ")
	if first == "anything" {
		return kind
	}
	if rest != "" {
		rest = " " + rest
		if other, ok := strings.CutPrefix(rest, " or "); ok {
			rest = " or " + plural(other)
		}
	}
	return first + "s" + rest
}

func version(minor uint8) string {
	if minor == 0 {
		return ""
	}
	return "1." + strconv.Itoa(int(minor))
}

func since(s *table.Since) *Since {
	if s == nil {
		return nil
	}
	return &Since{version(s.Added), version(s.Works), version(s.Removed), s.Gate}
}

func sinceOf(values []table.ValueSince, value string) *Since {
	for i := range values {
		if values[i].Value == value {
			return since(&values[i].Since)
		}
	}
	return nil
}

// jsonOf is a value as JSON.
func jsonOf(v *table.Value) string {
	switch v.Kind {
	case table.StringValue:
		return strconv.Quote(v.Text)
	case table.ListValue:
		var items []string
		for i := range v.Items {
			items = append(items, jsonOf(&v.Items[i]))
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	return v.Text
}
