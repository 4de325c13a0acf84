package schema

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/schema/table"
)

// A describer puts a table into words.
type describer struct{ tab *table.Table }

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
			if !d.forbidden(&st.Fields[i]) {
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
	t := &d.tab.Types[f.Type]
	out := Field{Name: f.Name, typ: f.Type, Type: d.kindOf(t), Required: f.Presence == table.Required, Since: since(f.Since)}
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
	if st := d.structOf(f.Type); st != nil {
		for i := range st.Rules {
			if text := d.rule(&st.Rules[i]); text != "" && !slices.Contains(out.Checks, text) {
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
			out.limit("or " + oneOf(s.Values))
			continue
		}
		for _, v := range s.Values {
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

func (f *Field) limit(text string) {
	if text != "" && !slices.Contains(f.Limits, text) {
		f.Limits = append(f.Limits, text)
	}
}

// addChecks adds the checks in Go, as schema/README.md lists them.
func (f *Field) addChecks(checks []table.Check) {
	for _, c := range checks {
		text := strings.Join(append([]string{c.Name}, c.Args...), " ")
		if text = "check " + text; !slices.Contains(f.Checks, text) {
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
