package custom

import (
	"maps"
	"slices"

	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
)

// sample is a value of a schema's types that has every field down to some depth.
// It need not be valid: mutants of it are asked about all the same.
func sample(s *structuralschema.Structural, depth int) any {
	switch {
	case s == nil:
		return nil
	case s.ValueValidation != nil && len(s.ValueValidation.Enum) > 0:
		return s.ValueValidation.Enum[0].Object
	case s.XIntOrString:
		return int64(1)
	}
	switch s.Type {
	case "object":
		out := map[string]any{}
		if depth > 6 {
			return out
		}
		for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
			if depth == 0 && (name == "metadata" || name == "status") || depth > 2 && s.ValueValidation != nil && !slices.Contains(s.ValueValidation.Required, name) {
				continue
			}
			p := s.Properties[name]
			out[name] = sample(&p, depth+1)
		}
		return out
	case "array":
		return []any{sample(s.Items, depth+1)}
	case "integer", "number":
		return int64(1)
	case "boolean":
		return true
	case "string":
		return "a"
	}
	return nil
}
