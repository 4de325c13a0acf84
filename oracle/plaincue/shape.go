package plaincue

import (
	"encoding/json"
	"strconv"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"
)

// A shape is what must be known of a type before its rules can be asked: what
// a null stands for, and which values the server does not see. It is read from
// the syntax tree, because an evaluated definition whose rules do not hold yet
// is an error and shows no fields.
type shape struct {
	zeroValue any  // what null stands for; nil if unknown
	text      bool // may be a string
	small     bool // an integer of 32 bits
	fields    map[string]*shape
	item      *shape // of a list or map
	zero      bool   // @k8s(zero=unset)
	gated     bool
	gone      int // the minor version that no longer knows the field; 0 for none
	works     int // the minor version in which a gated field takes effect; never if 0
}

// shapes makes shapes from the definitions of a package.
type shapes struct {
	definitions map[string]ast.Expr
}

// of merges what an expression says of a type into s.
func (p *shapes) of(e ast.Expr, s *shape) {
	switch e := e.(type) {
	case *ast.Ident:
		p.ident(e.Name, s)
	case *ast.ParenExpr:
		p.of(e.X, s)
	case *ast.BinaryExpr:
		p.of(e.X, s)
		p.of(e.Y, s)
	case *ast.UnaryExpr:
		switch e.Op {
		case token.MAT, token.NMAT:
			s.setZero("")
		default:
			p.of(e.X, s)
		}
	case *ast.BasicLit:
		switch e.Kind {
		case token.STRING:
			s.setZero("")
		case token.INT, token.FLOAT:
			s.setZero(json.Number("0"))
		case token.TRUE, token.FALSE:
			s.setZero(false)
		}
	case *ast.CallExpr:
		if sel, ok := e.Fun.(*ast.SelectorExpr); ok {
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == "strings" {
				s.setZero("")
			}
		}
	case *ast.ListLit:
		s.setZero([]any{})
		for _, item := range e.Elts {
			if all, ok := item.(*ast.Ellipsis); ok && all.Type != nil {
				p.of(all.Type, s.itemShape())
			}
		}
	case *ast.StructLit:
		s.setZero(map[string]any{})
		p.structure(e, s)
	}
}

func (p *shapes) ident(name string, s *shape) {
	switch name {
	case "string":
		s.setZero("")
	case "int32", "int64", "int", "number":
		s.small = s.small || name == "int32"
		s.setZero(json.Number("0"))
	case "bool":
		s.setZero(false)
	default:
		if e := p.definitions[name]; e != nil {
			p.of(e, s)
		}
	}
}

func (p *shapes) structure(e *ast.StructLit, s *shape) {
	for _, decl := range e.Elts {
		switch decl := decl.(type) {
		case *ast.EmbedDecl:
			p.of(decl.Expr, s)
		case *ast.Comprehension:
			if body, ok := decl.Value.(*ast.StructLit); ok {
				p.structure(body, s)
			}
		case *ast.Field:
			if pattern, ok := decl.Label.(*ast.ListLit); ok && len(pattern.Elts) == 1 {
				p.of(decl.Value, s.itemShape())
				continue
			}
			name, _, err := ast.LabelName(decl.Label)
			if err != nil || strings.HasPrefix(name, "_") || strings.HasPrefix(name, "#") {
				continue
			}
			f := s.field(name)
			f.attributes(decl.Attrs)
			p.of(decl.Value, f)
		}
	}
}

// setZero keeps the first answer, except that a number goes before a string:
// the zero of an int-or-string is 0.
func (s *shape) setZero(v any) {
	_, number := v.(json.Number)
	if _, text := v.(string); text {
		s.text = true
	}
	if _, text := s.zeroValue.(string); s.zeroValue == nil || number && text {
		s.zeroValue = v
	}
}

func (s *shape) field(name string) *shape {
	if s.fields == nil {
		s.fields = map[string]*shape{}
	}
	if s.fields[name] == nil {
		s.fields[name] = &shape{}
	}
	return s.fields[name]
}

func (s *shape) itemShape() *shape {
	if s.item == nil {
		s.item = &shape{}
	}
	return s.item
}

// attributes reads @k8s(zero=unset) and @k8s(works="1.30",gate=…); those of
// single enum values, and of former types, are not the field's.
func (s *shape) attributes(attrs []*ast.Attribute) {
	for _, a := range attrs {
		name, body := a.Split()
		if name != "k8s" || strings.Contains(body, "value=") || strings.Contains(body, "before=") {
			continue
		}
		for _, arg := range strings.Split(body, ",") {
			k, v, _ := strings.Cut(strings.TrimSpace(arg), "=")
			switch k {
			case "zero":
				s.zero = v == "unset"
			case "gate":
				s.gated = true
			case "works":
				s.works, _ = strconv.Atoi(strings.TrimPrefix(strings.Trim(v, `"`), "1."))
			case "removed":
				s.gone, _ = strconv.Atoi(strings.TrimPrefix(strings.Trim(v, `"`), "1."))
			}
		}
	}
}

// A view is an object as the server's rules see it.
type view struct {
	minor  int
	faults []string // of fields that have no effect, and are only decoded
}

// normalize is the object without null fields, zero values that count as
// unset, and fields that have no effect in 1.minor; a null item becomes the
// zero value.
func (w *view) normalize(s *shape, v any) any {
	if s == nil {
		return v
	}
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, x := range v {
			switch f := s.fields[k]; {
			case f == nil, s.item != nil: // a map, of which some keys are known
				out[k] = w.entry(s.item, x)
			case f.gone != 0 && f.gone <= w.minor:
				w.faults = append(w.faults, k+": field not allowed")
			case x == nil, f.zero && f.isZero(x):
			case f.gated && (f.works == 0 || f.works > w.minor):
				w.decode(f, x, k)
			default:
				out[k] = w.normalize(f, x)
			}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = w.entry(s.item, x)
		}
		return out
	}
	return v
}

// entry is an item of a list or a value of a map.
func (w *view) entry(s *shape, v any) any {
	if v == nil && s != nil {
		return s.zeroValue
	}
	return w.normalize(s, v)
}

// decode notes where a value has not the type of s, or a field that s has not.
func (w *view) decode(s *shape, v any, at string) {
	if s == nil || v == nil {
		return
	}
	ok := true
	switch v := v.(type) {
	case map[string]any:
		_, ok = s.zeroValue.(map[string]any)
		for k, x := range v {
			if f := s.fields[k]; f != nil {
				w.decode(f, x, at+"."+k)
			} else if s.item != nil {
				w.decode(s.item, x, at+"."+k)
			} else if ok {
				w.faults = append(w.faults, at+"."+k+": field not allowed")
			}
		}
	case []any:
		_, ok = s.zeroValue.([]any)
		for _, x := range v {
			w.decode(s.item, x, at)
		}
	case string:
		ok = s.text
	case json.Number:
		_, ok = s.zeroValue.(json.Number)
		if i, err := v.Int64(); s.small && (err != nil || int64(int32(i)) != i) {
			ok = false
		}
	case bool:
		_, ok = s.zeroValue.(bool)
	}
	if !ok && s.zeroValue != nil {
		w.faults = append(w.faults, at+": wrong type")
	}
}

// isZero reports whether a value is the zero of a type that s may have.
func (s *shape) isZero(v any) bool {
	switch v := v.(type) {
	case string:
		return v == "" && s.text
	case bool:
		return !v && s.zeroValue == false
	case json.Number:
		f, err := v.Float64()
		_, number := s.zeroValue.(json.Number)
		return number && err == nil && f == 0
	}
	return false
}
