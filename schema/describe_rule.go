package schema

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rollcast/rollcast/schema/table"
)

// rule is a rule of a mapping as a sentence, "" for one that has none.
func (d describer) rule(st *table.Struct, r *table.Rule) string {
	text := r.Message
	switch {
	case text != "":
	case r.Match != nil:
		text = d.match(st, r.Match)
	case r.Check != nil:
		text = checkInWords(r.Check)
	case r.Must != nil && r.Must.Unique:
		text = "each of " + sourceOf(&r.Must.Of) + " once"
	case r.Then != 0:
		text = d.then(r.Then)
	}
	if text != "" && r.Why != "" && r.Message == "" && !strings.HasSuffix(text, "when "+r.Why) {
		text += " when " + r.Why
	}
	if text != "" && r.Since != nil && r.Since.Added > Oldest {
		text += fmt.Sprintf(" (since 1.%d)", r.Since.Added)
	}
	return text
}

// match says how many of some fields there may be.
func (d describer) match(st *table.Struct, m *table.Match) string {
	keys := m.Keys
	if keys == nil {
		keys = (&checker{tab: d.tab}).askedFor(m)
	}
	keys = slices.DeleteFunc(slices.Clone(keys), func(key string) bool {
		f := st.Field(key)
		return f != nil && d.stage(f.Since) == table.Unknown
	})
	if len(keys) == 0 {
		return ""
	}
	switch {
	case m.Min == 1 && m.Max == 1:
		return "exactly one of " + oneOf(keys)
	case m.Max == 1:
		return "at most one of " + oneOf(keys)
	case m.Max == 0:
		return list(keys, "and") + " not together"
	case m.Min > 0 && m.Max < 0:
		return fmt.Sprintf("at least %d of %s", m.Min, oneOf(keys))
	}
	return ""
}

// then says what a condition demands, as far as its own fields go.
func (d describer) then(id table.ID) string {
	st := d.tab.Types[id].Map
	if st == nil {
		return ""
	}
	var parts []string
	for i := range st.Fields {
		f := &st.Fields[i]
		sub := Field{}
		d.limits(&sub, &d.tab.Types[f.Type])
		switch {
		case f.Message != "":
			parts = append(parts, f.Message)
		case f.Type != 0 && d.forbidden(f):
			parts = append(parts, f.Name+" is not allowed")
		case len(sub.Values) > 0:
			var values []string
			for _, v := range sub.Values {
				values = append(values, v.Value)
			}
			parts = append(parts, f.Name+" is "+oneOf(values))
		case len(sub.Limits) > 0:
			parts = append(parts, f.Name+" is "+sub.Limits[0])
		case f.Presence == table.Required:
			parts = append(parts, f.Name+" is required")
		}
	}
	return strings.Join(parts, ", ")
}
