package since

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
)

// A release is the source of one minor's types.
type release struct {
	folders  map[string]string // of modules
	packages map[string]*goPackage
	inside   map[*goPackage]map[string]bool // types that are being listed, for a schema contains itself
}

type goPackage struct {
	types   map[string]ast.Expr
	values  map[string][]string // the constants of a type
	imports map[string]string   // paths by names
}

// load reads a package; nil for one outside the two modules.
func (r *release) load(importPath string) (*goPackage, error) {
	if p, ok := r.packages[importPath]; ok {
		return p, nil
	}
	folder := ""
	for module, at := range r.folders {
		if rest, ok := strings.CutPrefix(importPath, module+"/"); ok {
			folder = filepath.Join(at, filepath.FromSlash(rest))
		}
	}
	if folder == "" {
		r.packages[importPath] = nil
		return nil, nil
	}
	p := &goPackage{map[string]ast.Expr{}, map[string][]string{}, map[string]string{}}
	r.packages[importPath] = p
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return nil, err
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, ".pb.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		p.add(file)
	}
	return p, nil
}

func (p *goPackage) add(file *ast.File) {
	for _, im := range file.Imports {
		importPath, _ := strconv.Unquote(im.Path.Value)
		name := path.Base(importPath)
		if im.Name != nil {
			name = im.Name.Name
		}
		p.imports[name] = importPath
	}
	for _, d := range file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, s := range g.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				p.types[s.Name.Name] = s.Type
			case *ast.ValueSpec:
				typ, ok := s.Type.(*ast.Ident)
				for _, v := range s.Values {
					if lit, isLit := v.(*ast.BasicLit); ok && isLit && lit.Kind == token.STRING {
						text, _ := strconv.Unquote(lit.Value)
						p.values[typ.Name] = append(p.values[typ.Name], text)
					}
				}
			}
		}
	}
}

// leaves are types that read themselves, and those of templates: they are the
// spec of a Pod and of a Job over again.
var leaves = map[string]bool{"Quantity": true, "IntOrString": true, "Time": true, "MicroTime": true, "FieldsV1": true, "RawExtension": true,
	"PodTemplateSpec": true, "JobTemplateSpec": true}

// named lists what is below a type of a package, and the values of an
// enumeration, under the path at.
func (r *release) named(p *goPackage, name, at string, out map[string]bool) error {
	if p == nil || leaves[name] || r.inside[p][name] {
		return nil
	}
	if r.inside[p] == nil {
		r.inside[p] = map[string]bool{}
	}
	r.inside[p][name] = true
	defer delete(r.inside[p], name)
	t, ok := p.types[name]
	if !ok {
		return nil // a type of Go
	}
	for _, v := range p.values[name] {
		out[at+"="+v] = true
	}
	return r.walk(p, t, at, out)
}

// walk lists the JSON fields of a type; [] stands for any item or key.
func (r *release) walk(p *goPackage, e ast.Expr, at string, out map[string]bool) error {
	switch e := e.(type) {
	case *ast.StarExpr:
		return r.walk(p, e.X, at, out)
	case *ast.ArrayType:
		return r.walk(p, e.Elt, at+"[]", out)
	case *ast.MapType:
		return r.walk(p, e.Value, at+"[]", out)
	case *ast.SelectorExpr:
		q, err := r.load(p.imports[e.X.(*ast.Ident).Name])
		if err != nil {
			return err
		}
		return r.named(q, e.Sel.Name, at, out)
	case *ast.Ident:
		return r.named(p, e.Name, at, out)
	case *ast.StructType:
		for _, f := range e.Fields.List {
			path := at
			tag := "``"
			if f.Tag != nil {
				tag = f.Tag.Value
			}
			tag, _ = strconv.Unquote(tag)
			name, _, _ := strings.Cut(reflect.StructTag(tag).Get("json"), ",")
			switch {
			case name == "-", name == "" && len(f.Names) > 0:
				continue
			case name != "":
				path = strings.TrimPrefix(at+"."+name, ".")
				out[path] = true
			}
			if err := r.walk(p, f.Type, path, out); err != nil {
				return err
			}
		}
	}
	return nil
}
