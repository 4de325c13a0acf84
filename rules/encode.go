package rules

import (
	"encoding/json"
	"reflect"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/rollcast/rollcast/facts"
	"github.com/rollcast/rollcast/manifest"
)

// An encoder turns facts into OPA's values as their JSON form would, but
// without the JSON. What depends on the types alone is worked out once.
type encoder struct {
	keys  map[string]bool // the subject's fields that are wanted, nil for all
	words map[string]bool // the names of fields that are wanted anywhere, nil for all
	types map[reflect.Type]encodeFunc
	root  encodeFunc
}

// seen holds what has been encoded of one subject, so that a probe which stands
// in two lists is one value.
type seen map[any]*ast.Term

type encodeFunc func(seen, reflect.Value) *ast.Term

func newEncoder(keys, words map[string]bool) *encoder {
	e := &encoder{keys: keys, words: words, types: map[reflect.Type]encodeFunc{}}
	e.types[reflect.TypeFor[facts.Raw]()] = func(_ seen, v reflect.Value) *ast.Term { return term(v.Interface().(facts.Raw).Node) }
	e.root = e.structure(reflect.TypeFor[facts.Subject](), keys)
	return e
}

func (e *encoder) subject(s *facts.Subject) ast.Value {
	return e.root(seen{}, reflect.ValueOf(s).Elem()).Value
}

// of is how values of the type are encoded.
func (e *encoder) of(t reflect.Type) encodeFunc {
	if f, ok := e.types[t]; ok {
		return f
	}
	var f encodeFunc
	switch t.Kind() {
	case reflect.Struct:
		f = e.structure(t, nil)
	case reflect.Pointer:
		f = e.pointer(t)
	case reflect.Slice:
		f = e.slice(t)
	case reflect.String:
		f = func(_ seen, v reflect.Value) *ast.Term { return ast.InternedTerm(v.String()) }
	case reflect.Bool:
		f = func(_ seen, v reflect.Value) *ast.Term { return ast.InternedTerm(v.Bool()) }
	case reflect.Int, reflect.Int32, reflect.Int64:
		f = func(_ seen, v reflect.Value) *ast.Term { return ast.InternedTerm(v.Int()) }
	case reflect.Float64:
		f = func(_ seen, v reflect.Value) *ast.Term { return ast.FloatNumberTerm(v.Float()) }
	default:
		panic("facts hold a " + t.String() + ", which has no Rego form")
	}
	e.types[t] = f
	return f
}

func (e *encoder) pointer(t reflect.Type) encodeFunc {
	elem := e.of(t.Elem())
	return func(s seen, v reflect.Value) *ast.Term {
		if v.IsNil() {
			return ast.NullTerm()
		}
		p := v.Interface()
		if term := s[p]; term != nil {
			return term
		}
		term := elem(s, v.Elem())
		s[p] = term
		return term
	}
}

func (e *encoder) slice(t reflect.Type) encodeFunc {
	elem := e.of(t.Elem())
	return func(s seen, v reflect.Value) *ast.Term {
		if v.Len() == 0 {
			return ast.InternedEmptyArray
		}
		items := make([]*ast.Term, v.Len())
		for i := range items {
			items[i] = elem(s, v.Index(i))
		}
		return ast.ArrayTerm(items...)
	}
}

// whole are the structs that rules compare, or go through, as a whole.
var whole = map[reflect.Type]bool{
	reflect.TypeFor[facts.ContainerProbes](): true,
	reflect.TypeFor[facts.Handler]():         true,
	reflect.TypeFor[facts.Header]():          true,
}

// structure encodes a struct by its JSON tags; keys, unless nil, are the fields
// that are wanted.
func (e *encoder) structure(t reflect.Type, keys map[string]bool) encodeFunc {
	type field struct {
		key    *ast.Term
		index  int
		encode encodeFunc
		omit   bool // where it is empty
	}
	var fields []field
	for i := range t.NumField() {
		name, options, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if !t.Field(i).IsExported() || name == "-" || keys != nil && !keys[name] || e.words != nil && !whole[t] && !e.words[name] {
			continue
		}
		fields = append(fields, field{ast.StringTerm(name), i, e.of(t.Field(i).Type), options == "omitempty"})
	}
	return func(s seen, v reflect.Value) *ast.Term {
		pairs := make([][2]*ast.Term, 0, len(fields))
		for _, f := range fields {
			value := v.Field(f.index)
			if f.omit && (value.IsZero() || value.Kind() == reflect.Slice && value.Len() == 0) {
				continue
			}
			pairs = append(pairs, [2]*ast.Term{f.key, f.encode(s, value)})
		}
		return ast.ObjectTerm(pairs...)
	}
}

// term is a manifest's node as a value.
func term(n *manifest.Node) *ast.Term {
	if n == nil {
		return ast.NullTerm()
	}
	switch n.Kind {
	case manifest.Mapping:
		pairs := make([][2]*ast.Term, 0, len(n.Pairs))
		for _, p := range n.Pairs {
			pairs = append(pairs, [2]*ast.Term{ast.InternedTerm(p.Key.Text), term(p.Value)})
		}
		return ast.ObjectTerm(pairs...)
	case manifest.Sequence:
		items := make([]*ast.Term, len(n.Items))
		for i, item := range n.Items {
			items[i] = term(item)
		}
		return ast.ArrayTerm(items...)
	case manifest.Bool:
		return ast.InternedTerm(n.Text == "true")
	case manifest.Int, manifest.Float:
		return ast.NumberTerm(json.Number(n.Text))
	case manifest.String:
		return ast.InternedTerm(n.Text)
	case manifest.Null:
	}
	return ast.NullTerm()
}
