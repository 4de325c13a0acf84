package plaincue

import (
	"encoding/json"
	"fmt"
)

// Paths maps every field that a kind has, wherever it is said, to its type:
// "spec.template.spec.containers[].ports[].hostPort" to "int32". Items of
// lists and values of maps are "[]". The types are those of JSON, with int32
// told apart from other numbers; "number|string" may be either, and a field
// of any content is "any". It is nil where schema/ has no such kind.
func (j *Judge) Paths(apiVersion, kind string) map[string]string {
	d := j.kinds[key{apiVersion, kind}]
	if d == nil {
		return nil
	}
	out := map[string]string{}
	j.shapeOf(d).paths("", out)
	return out
}

func (s *shape) paths(at string, out map[string]string) {
	if at != "" {
		out[at] = s.typeName()
	}
	if s.item != nil { // fields beside it are known keys of a map
		if !s.text {
			s.item.paths(at+"[]", out)
		}
		return
	}
	for name, f := range s.fields {
		if f.gone != 0 {
			continue // the newest minor has it no more
		}
		path := name
		if at != "" {
			path = at + "." + name
		}
		f.paths(path, out)
	}
}

func (s *shape) typeName() string {
	switch s.zeroValue.(type) {
	case nil:
		return "any"
	case map[string]any:
		return "object"
	case []any:
		return "list"
	case bool:
		return "bool"
	case string:
		return "string"
	case json.Number:
		name := "number"
		if s.small {
			name = "int32"
		}
		if s.text {
			name += "|string"
		}
		return name
	}
	panic(fmt.Sprintf("%T", s.zeroValue))
}
