package folder

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A Param is a number, a text, a switch or a list of texts that a user may set
// for a rule. Rego reads it at data.rollcast.params["<rule>"].<name>.
type Param struct {
	Name        string // lower camel case, with the unit: startupSeconds
	Description string // Markdown, one sentence
	// Default is an int64, a string, a bool or a []string, and tells the type.
	Default any
	Min     int64    // of an int64; the largest is MaxParam
	Choices []string // of a string; nil where any is allowed
}

// MaxParam is the largest number that a parameter may be: a number of seconds,
// pods or thousandths of a CPU fits, and arithmetic with it does not overflow.
const MaxParam = 1_000_000_000

// Value reads what a configuration gives for the parameter: an integer of any
// Go type or a whole float64, a string, a bool, a []string or a []any of
// strings. The error says what is allowed, and does not name the parameter.
func (p Param) Value(v any) (any, error) {
	switch p.Default.(type) {
	case int64:
		n, ok := integer(v)
		if !ok {
			return nil, fmt.Errorf("%s is no whole number", show(v))
		}
		if n < p.Min || n > MaxParam {
			return nil, fmt.Errorf("%d is out of range: choose %d to %d", n, p.Min, int64(MaxParam))
		}
		return n, nil
	case bool:
		if b, ok := v.(bool); ok {
			return b, nil
		}
		return nil, fmt.Errorf("%s is neither true nor false", show(v))
	case string:
		s, ok := v.(string)
		switch {
		case !ok:
			return nil, fmt.Errorf("%s is no text", show(v))
		case p.Choices != nil && !slices.Contains(p.Choices, s):
			return nil, fmt.Errorf("unknown value %q: choose %s", s, strings.Join(p.Choices, ", "))
		}
		return s, nil
	default:
		list, ok := texts(v)
		if !ok {
			return nil, fmt.Errorf("%s is no list of texts", show(v))
		}
		return list, nil
	}
}

// Type names the parameter's type for people: a whole number, a text.
func (p Param) Type() string {
	switch p.Default.(type) {
	case int64:
		return "whole number"
	case bool:
		return "true or false"
	case string:
		if p.Choices != nil {
			return strings.Join(p.Choices, ", ")
		}
		return "text"
	default:
		return "list of texts"
	}
}

// Schema is the JSON Schema of what a configuration may give for the parameter.
func (p Param) Schema() map[string]any {
	s := map[string]any{"description": p.Description, "default": p.Default}
	switch p.Default.(type) {
	case int64:
		s["type"], s["minimum"], s["maximum"] = "integer", p.Min, MaxParam
	case bool:
		s["type"] = "boolean"
	case string:
		s["type"] = "string"
		if p.Choices != nil {
			s["enum"] = p.Choices
		}
	default:
		s["type"], s["items"] = "array", map[string]any{"type": "string"}
	}
	return s
}

// show is a value as JSON writes it.
func show(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprintf("%v", v)
	}
	return string(text)
}

func integer(v any) (int64, bool) {
	switch v := v.(type) {
	case int:
		return int64(v), true
	case int32:
		return int64(v), true
	case int64:
		return v, true
	case float64:
		return int64(v), v == float64(int64(v))
	case json.Number:
		n, err := strconv.ParseInt(string(v), 10, 64)
		return n, err == nil
	}
	return 0, false
}

func texts(v any) ([]string, bool) {
	if list, ok := v.([]string); ok {
		return slices.Clone(list), true
	}
	items, ok := v.([]any)
	list := make([]string, 0, len(items))
	for _, item := range items {
		s, isText := item.(string)
		ok = ok && isText
		list = append(list, s)
	}
	return list, ok
}

// Param is the rule's parameter of that name; the error lists the choices.
func (r Rule) Param(name string) (Param, error) {
	for _, p := range r.Params {
		if p.Name == name {
			return p, nil
		}
	}
	if len(r.Params) == 0 {
		return Param{}, fmt.Errorf("rule %s has no parameters", r.ID)
	}
	names := make([]string, len(r.Params))
	for i, p := range r.Params {
		names[i] = p.Name
	}
	return Param{}, fmt.Errorf("rule %s has no parameter %q: choose %s", r.ID, name, strings.Join(names, ", "))
}

// Values are the rule's parameters with what a configuration sets in place of
// the defaults. The error names the rule, the parameter and what is allowed.
func (r Rule) Values(set map[string]any) (map[string]any, error) {
	values := map[string]any{}
	for _, p := range r.Params {
		values[p.Name] = p.Default
	}
	for _, name := range slices.Sorted(maps.Keys(set)) {
		p, err := r.Param(name)
		if err != nil {
			return nil, err
		}
		if values[name], err = p.Value(set[name]); err != nil {
			return nil, fmt.Errorf("rule %s: %s: %w", r.ID, name, err)
		}
	}
	return values, nil
}

var paramName = regexp.MustCompile(`^[a-z][a-zA-Z0-9]*$`)

// params reads custom.params: a map from the name to default, description and,
// optionally, min or choices.
func (f *fields) params() []Param {
	f.asked = append(f.asked, "params")
	declared, ok := f.values["params"]
	if !ok {
		return nil
	}
	m, ok := declared.(map[string]any)
	if !ok {
		f.fail("custom.params has to be a map from names to their descriptions")
		return nil
	}
	var params []Param
	for _, name := range slices.Sorted(maps.Keys(m)) {
		one, _ := m[name].(map[string]any)
		p, err := param(name, one)
		if err != nil {
			f.fail("custom.params.%s: %s", name, err)
			return nil
		}
		params = append(params, p)
	}
	return params
}

func param(name string, m map[string]any) (Param, error) {
	inner := fields{values: m}
	p := Param{Name: name, Description: inner.text("description"), Choices: inner.list("choices", nil)}
	inner.asked = append(inner.asked, "default", "min")
	if inner.err != nil {
		return p, fmt.Errorf("%s", strings.TrimPrefix(inner.err.Error(), "custom."))
	}
	if unknown := inner.unread(); unknown != "" {
		return p, fmt.Errorf("unknown key %s: choose choices, default, description, min", unknown)
	}
	if !paramName.MatchString(name) || name == "level" || name == "exclude" {
		return p, fmt.Errorf("a name is in lower camel case, and neither level nor exclude")
	}
	if n, ok := integer(m["min"]); ok {
		p.Min = n
	}
	if n, ok := integer(m["default"]); ok {
		p.Default = n
	} else if list, ok := texts(m["default"]); ok {
		p.Default = list
	} else {
		p.Default = m["default"]
	}
	if p.Default == nil {
		return p, fmt.Errorf("default is required")
	}
	_, err := p.Value(p.Default)
	return p, err
}
