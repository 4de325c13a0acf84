package rules

import (
	"reflect"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/facts"
)

// A requirement tells whether a subject has what a path of Rule.Requires names.
type requirement func(reflect.Value) bool

// require reads a path; it is nil where every subject has that, or the types
// cannot tell.
func require(path string) requirement {
	test := ""
	if i := strings.IndexAny(path, "?=<>#~"); i >= 0 {
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
		null := len(steps) == 0 && (test == "" || test == "?" || strings.HasPrefix(test, "<")) || test == "~" // is a value, too, and less than a number
		inner := follow(t.Elem(), steps, test)
		if null && inner == nil && test != "~" {
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
	case len(steps) == 0 && test == "~":
		return func(v reflect.Value) bool { return v.Kind() == reflect.Bool && !v.Bool() }
	case len(steps) == 0 && strings.HasPrefix(test, "=") && !strings.HasPrefix(test, "==") && kind == reflect.String:
		return func(v reflect.Value) bool { return v.String() == test[1:] }
	case len(steps) == 0 && strings.HasPrefix(test, "#") && kind == reflect.Slice:
		return compared(test[1:], func(v reflect.Value) int64 { return int64(v.Len()) })
	case len(steps) == 0 && (kind == reflect.Int || kind == reflect.Int32 || kind == reflect.Int64):
		return compared(test, reflect.Value.Int)
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

// compared is a comparison such as >=2 with a whole number; nil for any other.
func compared(test string, of func(reflect.Value) int64) requirement {
	operator := strings.TrimRight(test, "-0123456789")
	n, err := strconv.ParseInt(test[len(operator):], 10, 64)
	if err != nil {
		return nil
	}
	switch operator {
	case "==":
		return func(v reflect.Value) bool { return of(v) == n }
	case ">":
		return func(v reflect.Value) bool { return of(v) > n }
	case ">=":
		return func(v reflect.Value) bool { return of(v) >= n }
	case "<":
		return func(v reflect.Value) bool { return of(v) < n }
	case "<=":
		return func(v reflect.Value) bool { return of(v) <= n }
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
		if inner == nil && (!omit || test == "~") {
			return nil
		}
		any = append(any, func(v reflect.Value) bool {
			f := v.Field(i)
			if omit && (f.IsZero() || f.Kind() == reflect.Slice && f.Len() == 0) {
				return test == "~"
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
