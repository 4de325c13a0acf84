package shapes

import (
	"reflect"
	"regexp"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// A Mark is what the Go type of a field does not tell.
type Mark struct {
	Added    string // the minor that brought it, such as 1.31; "" where it was always there
	Required bool   // the server refuses an object without it
}

// A place is a field of a Go type, wherever that type stands.
type place struct {
	in   reflect.Type
	name string
}

var sinceLine = regexp.MustCompile(`(?m)^(\S+ [^\s=]+) (1\.\d+)$`)

// Since reads the lines of schema/testdata/since.txt.
func Since(text string) map[string]Mark {
	out := map[string]Mark{}
	for _, m := range sinceLine.FindAllStringSubmatch(text, -1) {
		out[m[1]] = Mark{Added: m[2]}
	}
	return out
}

// name is how paths begin: the folder of k8s.io/api, and the kind.
func (k Kind) name() string {
	group, version, ok := strings.Cut(k.APIVersion, "/")
	if !ok {
		group, version = "core", k.APIVersion
	}
	group, _, _ = strings.Cut(group, ".")
	return group + "/" + version + "." + k.Kind
}

// places finds the fields of Go types that paths lead to.
func places(s *runtime.Scheme, kinds []Kind, known map[string]Mark) (map[place]Mark, error) {
	out := map[place]Mark{}
	for _, k := range kinds {
		obj, err := s.New(schema.FromAPIVersionAndKind(k.APIVersion, k.Kind))
		if err != nil {
			return nil, err
		}
		visit(reflect.TypeOf(obj).Elem(), k.name()+" ", nil, func(p place, path string) {
			if m, ok := known[path]; ok {
				was := out[p]
				out[p] = Mark{max(was.Added, m.Added), was.Required || m.Required}
			}
		})
	}
	return out, nil
}

// visit calls see with each field below a type, as since.txt writes its path.
// inside are the types around it, for a schema contains itself.
func visit(t reflect.Type, path string, inside []reflect.Type, see func(place, string)) {
	for t.Kind() != reflect.Struct {
		switch t.Kind() {
		case reflect.Pointer:
			t = t.Elem()
		case reflect.Slice, reflect.Map:
			t, path = t.Elem(), path+"[]"
		default:
			return
		}
	}
	for _, outer := range inside {
		if outer == t {
			return
		}
	}
	if _, leaf := leaves[t]; leaf {
		return
	}
	inside = append(inside[:len(inside):len(inside)], t)
	for _, f := range fields(t) {
		at := path + f.name
		if !strings.HasSuffix(path, " ") {
			at = path + "." + f.name
		}
		see(place{t, f.name}, at)
		visit(f.typ, at, inside, see)
	}
}
