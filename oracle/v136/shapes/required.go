package shapes

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/yaml"

	"github.com/rollcast/rollcast/oracle/v136/validate"
)

// The samples are valid objects. Where a field is needed only beside another,
// or in place of it, some sample does without it.
//
//go:embed samples.yaml
var samples []byte

// A trial takes fields out of samples, one at a time.
type trial struct {
	refused, accepted map[place]bool // that was without a field
	err               error
}

// Required are the fields without which the server refuses what it accepts with
// them. A field that some valid sample lacks is none.
func Required(s *runtime.Scheme) (map[place]bool, error) {
	t := &trial{refused: map[place]bool{}, accepted: map[place]bool{}}
	for _, doc := range bytes.Split(samples, []byte("\n---\n")) {
		var object map[string]any
		if err := yaml.Unmarshal(doc, &object); err != nil {
			return nil, err
		}
		if v := judge(object); !v.Accepted {
			return nil, fmt.Errorf("the sample %v %v is not valid: %v", object["kind"], object["metadata"], v.Errors)
		}
		typed, err := s.New(schema.FromAPIVersionAndKind(object["apiVersion"].(string), object["kind"].(string)))
		if err != nil {
			return nil, err
		}
		t.structure(object, object, reflect.TypeOf(typed).Elem())
	}
	for p := range t.accepted {
		delete(t.refused, p)
	}
	return t.refused, t.err
}

// judge is the server's verdict.
func judge(object map[string]any) validate.Verdict {
	text, err := json.Marshal(object)
	if err != nil {
		return validate.Verdict{Errors: []validate.FieldError{{Message: err.Error()}}}
	}
	v, err := validate.With(strategies, text, validate.JSON)
	if err != nil {
		v.Errors = append(v.Errors, validate.FieldError{Message: err.Error()})
	}
	return v
}

// structure tries the fields of a mapping in a sample, whose Go type is known.
func (t *trial) structure(object, at map[string]any, typ reflect.Type) {
	if _, leaf := leaves[typ]; leaf {
		return
	}
	for _, f := range fields(typ) {
		if slices.Contains([]string{"apiVersion", "kind", "metadata"}, f.name) && typ.Name() == object["kind"] {
			continue
		}
		value, written := at[f.name]
		if !written {
			t.accepted[place{typ, f.name}] = true
			continue
		}
		delete(at, f.name)
		if judge(object).Accepted {
			t.accepted[place{typ, f.name}] = true
		} else {
			t.refused[place{typ, f.name}] = true
		}
		at[f.name] = value
		t.value(object, value, f.typ)
	}
}

// value tries what is below a value of a sample.
func (t *trial) value(object map[string]any, value any, typ reflect.Type) {
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	switch value := value.(type) {
	case []any:
		for _, item := range value {
			if typ.Kind() == reflect.Slice {
				t.value(object, item, typ.Elem())
			}
		}
	case map[string]any:
		switch typ.Kind() {
		case reflect.Struct:
			t.structure(object, value, typ)
		case reflect.Map:
			for _, key := range sorted(value) {
				t.value(object, value[key], typ.Elem())
			}
		}
	}
}

func sorted(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, strings.Compare)
	return keys
}
