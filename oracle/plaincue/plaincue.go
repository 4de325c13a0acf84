// Package plaincue judges a manifest with CUE's own evaluator and the
// definitions of schema/, as `cue vet` does: without rollcast's tables and
// without its Go checks.
package plaincue

import (
	stdjson "encoding/json"
	"fmt"
	"path/filepath"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/cuecontext"
	"cuelang.org/go/cue/errors"
	"cuelang.org/go/encoding/json"
)

// A Judge holds the definitions. It is for one goroutine.
type Judge struct {
	instance *build.Instance
	shapes   shapes
	kinds    map[key]*definition
	judged   int
}

type key struct{ apiVersion, kind string }

type definition struct {
	name  string
	value cue.Value
	shape *shape
}

// refresh is after how many documents the definitions are evaluated anew: the
// evaluator keeps what it has seen.
const refresh = 2000

// Load reads the CUE package in a folder.
func Load(dir string) (*Judge, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.cue"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s holds no .cue file", dir)
	}
	instance := build.NewContext().NewInstance(dir, nil)
	for _, f := range files {
		if err := instance.AddFile(f, nil); err != nil {
			return nil, err
		}
	}
	if err := instance.Complete(); err != nil {
		return nil, err
	}
	j := &Judge{instance: instance, shapes: shapes{definitions: definitionsOf(instance)}}
	return j, j.build()
}

// definitionsOf are the expressions behind #names and _names.
func definitionsOf(instance *build.Instance) map[string]ast.Expr {
	out := map[string]ast.Expr{}
	for _, file := range instance.Files {
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.Field)
			if !ok {
				continue
			}
			if name, _, err := ast.LabelName(f.Label); err == nil {
				out[name] = f.Value
			}
		}
	}
	return out
}

// build evaluates the definitions of kinds: those with a concrete apiVersion
// and kind that bear the kind's name, #Job or #Job_v1.
func (j *Judge) build() error {
	root := cuecontext.New().BuildInstance(j.instance)
	if err := root.Err(); err != nil {
		return err
	}
	j.kinds = map[key]*definition{}
	defs, err := root.Fields(cue.Definitions(true))
	if err != nil {
		return err
	}
	for defs.Next() {
		v := defs.Value()
		apiVersion, err1 := lookup(v, "apiVersion").String()
		kind, err2 := lookup(v, "kind").String()
		name := defs.Selector().String()
		if err1 == nil && err2 == nil && (name == "#"+kind || strings.HasPrefix(name, "#"+kind+"_")) {
			j.kinds[key{apiVersion, kind}] = &definition{name: name, value: v}
		}
	}
	return nil
}

func lookup(v cue.Value, name string) cue.Value {
	return v.LookupPath(cue.MakePath(cue.Str(name).Required()))
}

// Kinds lists what can be judged, as apiVersion/kind.
func (j *Judge) Kinds() map[string]bool {
	out := map[string]bool{}
	for k := range j.kinds {
		out[k.apiVersion+"/"+k.kind] = true
	}
	return out
}

// Errors are the faults that CUE finds in an object, one line each; none means
// that it is valid. ok is false where schema/ has no definition of its kind.
// minor is the Kubernetes version 1.minor: fields that are not in effect there
// are absent.
func (j *Judge) Errors(object any, minor int) (faults []string, ok bool) {
	v, faults, ok := j.unify(object, minor)
	if !v.Exists() {
		return faults, ok
	}
	for _, e := range errors.Errors(v.Validate(cue.Concrete(true))) {
		faults = append(faults, fmt.Sprintf("%s: %s", strings.Join(e.Path(), "."), message(e)))
	}
	return faults, ok
}

// Complete is a valid object with all the defaults of schema/, as JSON.
func (j *Judge) Complete(object any, minor int) ([]byte, error) {
	v, faults, _ := j.unify(object, minor)
	if !v.Exists() {
		return nil, fmt.Errorf("no definition takes it: %v", faults)
	}
	return v.MarshalJSON()
}

// unify is an object joined with its definition, and the faults of what has no
// effect. The value does not exist where there is no definition.
func (j *Judge) unify(object any, minor int) (v cue.Value, faults []string, ok bool) {
	m, _ := object.(map[string]any)
	apiVersion, _ := m["apiVersion"].(string)
	kind, _ := m["kind"].(string)
	d := j.kinds[key{apiVersion, kind}]
	if d == nil {
		return cue.Value{}, nil, false
	}
	if j.judged++; j.judged%refresh == 0 {
		if err := j.build(); err != nil {
			panic(err) // it could be built before
		}
		d = j.kinds[key{apiVersion, kind}]
	}
	w := view{minor: minor}
	doc, err := stdjson.Marshal(w.normalize(j.shapeOf(d), object))
	if err != nil {
		return cue.Value{}, []string{err.Error()}, true
	}
	expr, err := json.Extract("object", doc)
	if err != nil {
		return cue.Value{}, []string{err.Error()}, true
	}
	return d.value.Context().BuildExpr(expr).Unify(d.value), w.faults, true
}

func (j *Judge) shapeOf(d *definition) *shape {
	if d.shape == nil {
		d.shape = &shape{}
		j.shapes.ident(d.name, d.shape)
	}
	return d.shape
}

func message(e errors.Error) string {
	format, args := e.Msg()
	return fmt.Sprintf(format, args...)
}
