package folder

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// fields reads the custom part of a METADATA block and remembers the first
// error and which keys were asked for.
type fields struct {
	values map[string]any
	users  bool // some keys are optional
	asked  []string
	err    error
}

// fail remembers the first error.
func (f *fields) fail(format string, args ...any) {
	if f.err == nil {
		f.err = fmt.Errorf(format, args...)
	}
}

// text is a required string.
func (f *fields) text(key string) string {
	f.asked = append(f.asked, key)
	s, ok := f.values[key].(string)
	if !ok || s == "" {
		f.fail("custom.%s is required, as a string", key)
	}
	return strings.TrimSpace(s)
}

// textOr is a string that only a user's rule may leave out.
func (f *fields) textOr(key, absent string) string {
	if _, ok := f.values[key]; !ok && f.users {
		f.asked = append(f.asked, key)
		return absent
	}
	return f.text(key)
}

// list is an optional list of strings, sorted.
func (f *fields) list(key string, absent []string) []string {
	f.asked = append(f.asked, key)
	v, ok := f.values[key]
	if !ok {
		return absent
	}
	items, ok := v.([]any)
	list := make([]string, 0, len(items))
	for _, item := range items {
		s, isString := item.(string)
		ok = ok && isString
		list = append(list, s)
	}
	if !ok {
		f.fail("custom.%s has to be a list of strings", key)
	}
	slices.Sort(list)
	return list
}

// flag is an optional boolean.
func (f *fields) flag(key string) bool {
	f.asked = append(f.asked, key)
	v, ok := f.values[key]
	b, isBool := v.(bool)
	if ok && !isBool {
		f.fail("custom.%s has to be true or false", key)
	}
	return b
}

// unread is the first key that nobody asked for, or "".
func (f *fields) unread() string {
	for _, key := range slices.Sorted(maps.Keys(f.values)) {
		if !slices.Contains(f.asked, key) {
			return key
		}
	}
	return ""
}
