package validate

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/oracle/plaincue"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
)

// TestFields compares the fields of every kind in CUE, and their types, with
// the Go types of k8s.io/api.
func TestFields(t *testing.T) {
	judge, err := plaincue.Load("../../../schema")
	if err != nil {
		t.Fatal(err)
	}
	for gvk := range strategies {
		ours := judge.Paths(gvk.GroupVersion().String(), gvk.Kind)
		if ours == nil {
			t.Errorf("CUE has no %v", gvk)
			continue
		}
		obj, err := legacyscheme.Scheme.New(gvk)
		if err != nil {
			t.Fatal(err)
		}
		theirs := map[string]string{}
		paths(reflect.TypeOf(obj), "", theirs)
		for _, path := range slices.Sorted(maps.Keys(theirs)) {
			if ours[path] != theirs[path] && !narrowed(path) {
				t.Errorf("%s: %s is %s in Kubernetes and %q in CUE", gvk.Kind, path, theirs[path], ours[path])
			}
		}
		for _, path := range slices.Sorted(maps.Keys(ours)) {
			if theirs[path] == "" {
				t.Errorf("%s: Kubernetes has no %s", gvk.Kind, path)
			}
		}
	}
}

// narrowed reports whether validation forbids the field, or leaves less than
// the type has, so that CUE needs no names for it.
func narrowed(path string) bool {
	return strings.Contains(path, "ephemeralContainers[]") ||
		strings.Contains(path, ".ephemeral.volumeClaimTemplate.metadata.") ||
		strings.Contains(path, "spec.resources.claims")
}

// leaves are the types with their own way to be read.
var leaves = map[reflect.Type]string{
	reflect.TypeFor[intstr.IntOrString](): "int32|string",
	reflect.TypeFor[resource.Quantity]():  "number|string",
	reflect.TypeFor[metav1.Time]():        "string",
	reflect.TypeFor[metav1.MicroTime]():   "string",
	reflect.TypeFor[metav1.FieldsV1]():    "any",
	reflect.TypeFor[[]byte]():             "string",
}

// paths lists the JSON fields of a type as plaincue.Judge.Paths does.
func paths(typ reflect.Type, at string, out map[string]string) {
	if typ.Kind() == reflect.Pointer {
		paths(typ.Elem(), at, out)
		return
	}
	name, leaf := leaves[typ]
	if !leaf {
		if reflect.PointerTo(typ).Implements(reflect.TypeFor[json.Unmarshaler]()) {
			panic(typ.String() + " reads itself")
		}
		name = jsonType(typ)
	}
	if at != "" {
		out[at] = name
	}
	if leaf {
		return
	}
	switch typ.Kind() {
	case reflect.Slice, reflect.Map:
		paths(typ.Elem(), at+"[]", out)
	case reflect.Struct:
		for i := range typ.NumField() {
			f := typ.Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			switch {
			case name == "" && f.Anonymous:
				inner := map[string]string{}
				paths(f.Type, "", inner)
				for path, kind := range inner {
					out[strings.TrimPrefix(at+"."+path, ".")] = kind
				}
			case name != "" && name != "-":
				paths(f.Type, strings.TrimPrefix(at+"."+name, "."), out)
			}
		}
	}
}

func jsonType(typ reflect.Type) string {
	switch typ.Kind() {
	case reflect.String, reflect.Bool, reflect.Int32:
		return typ.Kind().String()
	case reflect.Int64:
		return "number"
	case reflect.Slice:
		return "list"
	case reflect.Map, reflect.Struct:
		return "object"
	}
	panic(typ.String())
}
