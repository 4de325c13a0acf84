package fix

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// plain is text that every YAML reads as a string where no quotes are around it.
var plain = regexp.MustCompile(`^[A-Za-z/][A-Za-z0-9_./-]*$`)

// ambiguous are words that some YAML reads as something else.
var ambiguous = []string{"null", "true", "false", "yes", "no", "on", "off", "y", "n"}

// scalar is a value as YAML writes it; ok is false for a collection.
func scalar(v any) (text string, ok bool) {
	switch v := v.(type) {
	case nil:
		return "null", true
	case bool, json.Number, int, int64:
		return fmt.Sprint(v), true
	case string:
		if plain.MatchString(v) && !slices.Contains(ambiguous, strings.ToLower(v)) {
			return v, true
		}
		quoted, err := json.Marshal(v)
		return string(quoted), err == nil
	}
	return "", false
}

// inline is a value on one line: {a: 1, b: [x]}.
func inline(v any) string {
	if text, ok := scalar(v); ok {
		return text
	}
	var parts []string
	if list, ok := v.([]any); ok {
		for _, item := range list {
			parts = append(parts, inline(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	m, _ := v.(map[string]any)
	for _, key := range slices.Sorted(maps.Keys(m)) {
		name, _ := scalar(key)
		parts = append(parts, name+": "+inline(m[key]))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// block is the lines of a map or list, depth blanks before each.
func block(v any, depth int) (lines []string) {
	indent := strings.Repeat(" ", depth)
	if list, ok := v.([]any); ok {
		for _, item := range list {
			if nested := block(item, depth+2); nested != nil {
				nested[0] = indent + "- " + nested[0][depth+2:]
				lines = append(lines, nested...)
			} else {
				lines = append(lines, indent+"- "+inline(item))
			}
		}
		return lines
	}
	m, _ := v.(map[string]any)
	for _, key := range slices.Sorted(maps.Keys(m)) {
		name, _ := scalar(key)
		if nested := block(m[key], depth+2); nested != nil {
			lines = append(append(lines, indent+name+":"), nested...)
		} else {
			lines = append(lines, indent+name+": "+inline(m[key]))
		}
	}
	return lines
}
