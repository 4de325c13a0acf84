package schema

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/manifest"
)

// A structural is a node of the OpenAPI schema of a custom resource, as
// k8s.io/apiextensions-apiserver reads it.
type structural struct {
	kind        string // object, array, string, integer, number, boolean; "" says nothing
	intOrString bool
	nullable    bool
	preserve    bool // unknown fields are kept
	embedded    bool // the value is an object with apiVersion, kind and metadata

	props      map[string]*structural
	names      []string    // of props, sorted
	additional *structural // what other keys hold, nil where they are unknown
	anything   bool        // additionalProperties: true
	items      *structural
	required   []string

	format           string // "" where the server does not know it
	pattern          *regexp.Regexp
	minLength        *int64
	maxLength        *int64
	minItems         *int64
	maxItems         *int64
	minProps         *int64
	maxProps         *int64
	minimum, maximum *float64
	openMin, openMax bool
	multipleOf       *float64
	enum             []*manifest.Node
	fallback         *manifest.Node // the default, nil for none

	allOf, anyOf, oneOf []*structural
	not                 *structural

	listType string // set, map, or "" for atomic
	mapKeys  []string
}

// maxStructural bounds the depth of a schema; the server's own limit on the
// nesting of JSON is far above what anybody writes.
const maxStructural = 200

// A structuralReader reads one schema and counts its CEL rules.
type structuralReader struct{ rules int }

// read reads a node of a schema. It is nil where there is none.
func (p *structuralReader) read(n *manifest.Node, depth int) *structural {
	if n == nil || n.Kind != manifest.Mapping || depth > maxStructural {
		return nil
	}
	s := &structural{
		kind:        stringAt(n.Get("type")),
		intOrString: isTrue(n.Get("x-kubernetes-int-or-string")),
		nullable:    isTrue(n.Get("nullable")),
		preserve:    isTrue(n.Get("x-kubernetes-preserve-unknown-fields")),
		embedded:    isTrue(n.Get("x-kubernetes-embedded-resource")),
		minLength:   integer(n.Get("minLength")), maxLength: integer(n.Get("maxLength")),
		minItems: integer(n.Get("minItems")), maxItems: integer(n.Get("maxItems")),
		minProps: integer(n.Get("minProperties")), maxProps: integer(n.Get("maxProperties")),
		minimum: decimal(n.Get("minimum")), maximum: decimal(n.Get("maximum")), multipleOf: decimal(n.Get("multipleOf")),
		openMin: isTrue(n.Get("exclusiveMinimum")), openMax: isTrue(n.Get("exclusiveMaximum")),
		enum:     itemsOf(n.Get("enum")),
		required: texts(n.Get("required")),
		mapKeys:  texts(n.Get("x-kubernetes-list-map-keys")),
		items:    p.read(n.Get("items"), depth+1),
		not:      p.read(n.Get("not"), depth+1),
		allOf:    p.all(n.Get("allOf"), depth+1),
		anyOf:    p.all(n.Get("anyOf"), depth+1),
		oneOf:    p.all(n.Get("oneOf"), depth+1),
	}
	p.rules += len(itemsOf(n.Get("x-kubernetes-validations")))
	if d := n.Get("default"); d != nil && d.Kind != manifest.Null {
		s.fallback = d
	}
	if t := stringAt(n.Get("x-kubernetes-list-type")); t != "atomic" {
		s.listType = t
	}
	if x := stringAt(n.Get("pattern")); x != "" {
		s.pattern, _ = regexp.Compile(x) // what does not compile is told of the definition
	}
	s.format = knownFormat(s.kind, s.intOrString, stringAt(n.Get("format")))
	if props := n.Get("properties"); props != nil && props.Kind == manifest.Mapping {
		s.props = make(map[string]*structural, len(props.Pairs))
		for i := range props.Pairs {
			if sub := p.read(props.Pairs[i].Value, depth+1); sub != nil {
				s.props[props.Pairs[i].Key.Text] = sub
			}
		}
		for name := range s.props {
			s.names = append(s.names, name)
		}
		slices.Sort(s.names)
	}
	switch a := n.Get("additionalProperties"); {
	case a == nil:
	case a.Kind == manifest.Bool:
		s.anything = a.Text == "true"
	default:
		s.additional = p.read(a, depth+1)
	}
	return s
}

func (p *structuralReader) all(n *manifest.Node, depth int) []*structural {
	var out []*structural
	for _, item := range itemsOf(n) {
		if s := p.read(item, depth); s != nil {
			out = append(out, s)
		}
	}
	return out
}

// takes reports whether the schema names a kind of value.
func (s *structural) takes(kind string) bool {
	if s.intOrString {
		return kind == "integer" || kind == "string"
	}
	return s.kind == kind
}

// typed reports whether the schema says which kinds of value there may be.
func (s *structural) typed() bool { return s.intOrString || s.kind != "" }

// words say which values the schema takes: an integer or a string.
func (s *structural) words() string {
	if s.intOrString {
		return "an integer or a string"
	}
	switch s.kind {
	case "object":
		return "a map"
	case "array":
		return "a list"
	case "integer":
		return "an integer"
	case "boolean":
		return "true or false"
	}
	return "a " + s.kind
}

func texts(n *manifest.Node) []string {
	var out []string
	for _, item := range itemsOf(n) {
		if item.Kind == manifest.String {
			out = append(out, item.Text)
		}
	}
	return out
}

func integer(n *manifest.Node) *int64 {
	if n == nil || n.Kind != manifest.Int {
		return nil
	}
	v, err := strconv.ParseInt(n.Text, 10, 64)
	if err != nil {
		return nil
	}
	return &v
}

func decimal(n *manifest.Node) *float64 {
	if n == nil || n.Kind != manifest.Int && n.Kind != manifest.Float {
		return nil
	}
	v, err := strconv.ParseFloat(n.Text, 64)
	if err != nil {
		return nil
	}
	return &v
}

// knownFormat is the format as the server enforces it, and "" for one that it
// overlooks. = apiserver/validation.StripUnsupportedFormatsPostProcessorForVersion
func knownFormat(kind string, intOrString bool, format string) string {
	switch {
	case intOrString || kind == "" || kind == "string":
		if short := strings.ReplaceAll(format, "-", ""); formats[short] != nil {
			return short
		}
	case kind == "integer" && (format == "int32" || format == "int64"), kind == "number" && (format == "float" || format == "double"):
		return format
	}
	return ""
}
