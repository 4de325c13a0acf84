package rules

import (
	"reflect"
	"strings"

	"github.com/rollcast/rollcast/facts"
)

// A requirement tells whether a subject has what a path of Rule.Requires names.
type requirement func(reflect.Value) bool

// require reads a path; it is nil where every subject has that, or the types
// cannot tell.
func require(path string) requirement {
	test := ""
	if i := strings.IndexAny(path, "?="); i >= 0 {
		path, test = path[:i], path[i:]
	}
	steps := strings.Split(strings.ReplaceAll(path, "[]", ".[]"), ".")
	return follow(reflect.TypeFor[facts.Subject](), steps, test)
}

// follow mirrors the encoder: what it leaves out is not there.
func follow(t reflect.Type, steps []string, test string) requirement {
	if t == reflect.TypeFor[facts.Raw]() {
		return nil
	}
	switch kind := t.Kind(); {
	case kind == reflect.Pointer:
		null := len(steps) == 0 && !strings.HasPrefix(test, "=") // is a value, too
		inner := follow(t.Elem(), steps, test)
		if null && inner == nil {
			return nil
		}
		return func(v reflect.Value) bool {
			if v.IsNil() {
				return null
			}
			return inner == nil || inner(v.Elem())
		}
	case len(steps) == 0 && test == "?" && kind == reflect.Bool:
		return reflect.Value.Bool
	case len(steps) == 0 && strings.HasPrefix(test, "=") && kind == reflect.String:
		return func(v reflect.Value) bool { return v.String() == test[1:] }
	case len(steps) == 0:
		return nil
	case kind == reflect.Slice && steps[0] == "[]":
		inner := follow(t.Elem(), steps[1:], test)
		return func(v reflect.Value) bool {
			for i := range v.Len() {
				if inner == nil || inner(v.Index(i)) {
					return true
				}
			}
			return false
		}
	case kind == reflect.Struct:
		return field(t, steps, test)
	}
	return nil
}

// field follows the field that the first step names, or any.
func field(t reflect.Type, steps []string, test string) requirement {
	var any []requirement
	for i := range t.NumField() {
		name, options, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if !t.Field(i).IsExported() || name == "-" || steps[0] != "[]" && steps[0] != name {
			continue
		}
		inner := follow(t.Field(i).Type, steps[1:], test)
		omit := options == "omitempty"
		if inner == nil && !omit {
			return nil
		}
		any = append(any, func(v reflect.Value) bool {
			f := v.Field(i)
			if omit && (f.IsZero() || f.Kind() == reflect.Slice && f.Len() == 0) {
				return false
			}
			return inner == nil || inner(f)
		})
	}
	if len(any) == 0 {
		return nil
	}
	return func(v reflect.Value) bool {
		for _, has := range any {
			if has(v) {
				return true
			}
		}
		return false
	}
}
