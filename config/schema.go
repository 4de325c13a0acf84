package config

import (
	"bytes"
	_ "embed"
	"encoding/json"
)

// A Vocabulary is what a configuration may name. The packages that know it
// stand above this one.
type Vocabulary struct {
	KubernetesVersions []string // newest first
	Profiles           []string
	Rules              []Rule
}

// A Rule is one that a configuration may name.
type Rule struct {
	ID, Title string
	Levels    []Level           // that it may be set to
	Params    map[string]object // its own parameters: the JSON Schema of each
}

//go:embed schema.json
var base []byte

// Schema is the JSON Schema (draft 7) of the file, indented, with everything
// that the vocabulary knows.
func Schema(v Vocabulary) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(schema(v)); err != nil {
		panic(err) // it came out of JSON
	}
	return b.Bytes()
}

// An object is a JSON object.
type object = map[string]any

// schema fills the vocabulary into schema.json.
func schema(v Vocabulary) object {
	var s object
	if err := json.Unmarshal(base, &s); err != nil {
		panic(err) // a test reads it
	}
	definitions := s["definitions"].(object)
	s["properties"].(object)["kubernetesVersion"].(object)["enum"] = v.KubernetesVersions
	definitions["profile"].(object)["enum"] = v.Profiles
	rules := definitions["rules"].(object)["properties"].(object)
	for _, r := range v.Rules {
		rules[r.ID] = r.schema()
	}
	return s
}

// schema is what may be said of the rule, for all files or for some.
func (r Rule) schema() object {
	properties := object{
		"level": object{
			"description": "The severity of its findings, or off. A level turns on a rule that the profile leaves out.",
			"type":        "string",
			"enum":        r.Levels,
		},
		"exclude": object{
			"description": "Files whose findings of this rule are not reported.",
			"$ref":        "#/definitions/patterns",
		},
	}
	for name, schema := range r.Params {
		properties[name] = schema
	}
	return object{
		"description":          r.Title,
		"type":                 "object",
		"additionalProperties": false,
		"properties":           properties,
	}
}
