package config

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/internal/spell"
	"github.com/rollcast/rollcast/manifest"
	"github.com/xeipuuv/gojsonschema"
)

// validate holds the file against the schema, and says each fault at its place.
func (r *reader) validate(v Vocabulary) {
	s := schema(v)
	compiled, err := gojsonschema.NewSchema(gojsonschema.NewBytesLoader(Schema(v)))
	if err != nil {
		panic(err) // a test compiles it
	}
	result, err := compiled.Validate(gojsonschema.NewGoLoader(r.value("", r.doc.Root)))
	if err != nil { // no value that YAML can write
		r.fault(r.doc.Root.Pos(), err.Error())
		return
	}
	for _, e := range result.Errors() {
		r.refuse(s, e)
	}
}

// value is a node as the schema's validator takes it.
func (r *reader) value(key string, n *manifest.Node) any {
	switch n.Kind {
	case manifest.Mapping:
		m := object{}
		for _, p := range n.Pairs {
			m[p.Key.Text] = r.value(p.Key.Text, p.Value)
		}
		return m
	case manifest.Sequence:
		list := make([]any, len(n.Items))
		for i, item := range n.Items {
			list[i] = r.value("", item)
		}
		return list
	case manifest.Null:
		return nil
	case manifest.Bool, manifest.Int, manifest.Float:
		if text := r.written(key, n); text != n.Text {
			return text
		} else if n.Kind == manifest.Bool {
			return text == "true"
		} else if key != "kubernetesVersion" {
			return json.Number(text)
		}
	}
	return n.Text
}

// refuse turns one of the validator's errors into a fault: its place, and what
// would be right.
func (r *reader) refuse(s object, e gojsonschema.ResultError) {
	path := r.path(e.Context())
	at, here := r.doc.Root.At(path), descend(s, path)
	if at == nil {
		at = r.doc.Root
	}
	what, place := "the file", r.doc.Range(path).Start
	if len(path) > 0 {
		what = path.String()
	}
	switch e.Type() {
	case "additional_property_not_allowed":
		key := fmt.Sprint(e.Details()["property"])
		r.fault(r.doc.KeyRange(path.Append(manifest.Key(key))).Start, unknown(path, key, here))
	case "required":
		r.fault(place, fmt.Sprintf("%s needs %s", what, e.Details()["property"]))
	case "enum":
		choices, text := words(here["enum"]), r.written(lastKey(path), at)
		r.fault(place, fmt.Sprintf("%s is %q%s: choose %s", what, text, didYouMean(text, choices), spell.Or(choices)))
	case "invalid_type":
		r.fault(place, fmt.Sprintf("%s must be %s, not %s", what, kindOf(here), at.Kind))
	case "array_min_items", "string_gte":
		r.fault(place, what+" is empty")
	case "number_gte", "number_lte":
		r.fault(place, fmt.Sprintf("%s is %s: choose %v to %v", what, at.Text, here["minimum"], here["maximum"]))
	default:
		r.fault(place, what+": "+e.Description())
	}
}

// unknown is the message about a key that the map at path may not have.
func unknown(path manifest.Path, key string, here object) string {
	properties, _ := here["properties"].(object)
	known := slices.Sorted(maps.Keys(properties))
	if lastKey(path) == "rules" {
		return fmt.Sprintf("unknown rule %q%s: `rollcast rules` lists them", key, didYouMean(key, known))
	}
	return fmt.Sprintf("unknown key %q%s: choose %s", key, didYouMean(key, known), spell.Or(known))
}

func lastKey(path manifest.Path) string {
	if len(path) == 0 {
		return ""
	}
	return path[len(path)-1].Key
}

func didYouMean(word string, choices []string) string {
	if near := spell.Nearest(word, choices); near != "" {
		return fmt.Sprintf(" (did you mean %q?)", near)
	}
	return ""
}

// separator stands between the parts of a validator's path; no key holds it.
const separator = "\x00"

// path reads a place as the validator gives it.
func (r *reader) path(c *gojsonschema.JsonContext) manifest.Path {
	var path manifest.Path
	n := r.doc.Root
	for _, part := range strings.Split(c.String(separator), separator)[1:] {
		step := manifest.Key(part)
		if i, err := strconv.Atoi(part); err == nil && n != nil && n.Kind == manifest.Sequence {
			step = manifest.Index(i)
		}
		path = append(path, step)
		n = n.At(path[len(path)-1:])
	}
	return path
}

// descend is the part of the schema that judges what stands at the path.
func descend(s object, path manifest.Path) object {
	here := resolve(s, s)
	for _, step := range path {
		next, _ := here["items"].(object)
		if !step.IsIndex() {
			properties, _ := here["properties"].(object)
			next, _ = properties[step.Key].(object)
		}
		here = resolve(s, next)
	}
	return here
}

// resolve follows a $ref into the definitions.
func resolve(s, at object) object {
	if ref, ok := at["$ref"].(string); ok {
		to, _ := s["definitions"].(object)[strings.TrimPrefix(ref, "#/definitions/")].(object)
		return to
	}
	return at
}

// words are the values of an enum, which are strings of some type.
func words(enum any) []string {
	data, _ := json.Marshal(enum)
	var list []string
	_ = json.Unmarshal(data, &list)
	return list
}

// kindOf says what the schema wants, as messages do.
func kindOf(here object) string {
	switch here["type"] {
	case "object":
		return "a map"
	case "array":
		return "a list"
	case "integer":
		return "a whole number"
	case "boolean":
		return "true or false"
	}
	return "a string"
}
