// Package compile turns a schema written in CUE into a table.
//
// It reads the syntax, because the structure of comprehensions and if clauses
// is nowhere else to be had, and asks CUE's evaluator whether it reads it
// rightly: the fields of each definition, which of them are required and what
// their defaults are (verify.go). It translates only what it translates
// exactly. Whatever else a schema holds is an error with its place, never a
// warning: a table that is laxer than its source would be a lie. README.md of
// package schema lists what it knows.
package compile

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sort"
	"strings"

	"cuelang.org/go/cue/ast"
	cueerrors "cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/parser"
	"cuelang.org/go/cue/token"

	"github.com/rollcast/rollcast/schema/table"
)

// A Source is one CUE file.
type Source struct {
	Name string
	Data []byte
}

// Sources reads the CUE files in the top folder of a file system.
func Sources(fsys fs.FS) ([]Source, error) {
	names, err := fs.Glob(fsys, "*.cue")
	if err != nil {
		return nil, err
	}
	var sources []Source
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		sources = append(sources, Source{Name: path.Base(name), Data: data})
	}
	return sources, nil
}

// An Error is something in a schema that cannot be translated.
type Error struct {
	Pos     token.Position
	Message string
}

func (e *Error) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.Pos.Filename, e.Pos.Line, e.Pos.Column, e.Message)
}

// An Evaluator is CUE's own, as package evaluate has it.
type Evaluator interface {
	Fields(definition string) ([]table.Field, bool)
	APIs() ([]table.API, error)
}

// Table compiles the sources, which are one CUE package, and asks the evaluator
// whether it has read them rightly. The error joins an *Error for each place that
// cannot be translated.
func Table(sources []Source, e Evaluator) (*Named, error) {
	c, err := newCompiler(sources)
	if err != nil {
		return nil, err
	}
	c.emitKinds(e)
	if err := c.emitAPIs(e); err != nil {
		return nil, err
	}
	if len(c.errs) == 0 {
		c.verify(e)
	}
	sort.SliceStable(c.errs, func(i, j int) bool { return c.errs[i].Error() < c.errs[j].Error() })
	if len(c.errs) > 0 {
		return nil, errors.Join(c.errs...)
	}
	return &Named{Table: c.table, Names: c.names}, nil
}

func newCompiler(sources []Source) (*compiler, error) {
	sources = slices.Clone(sources)
	slices.SortFunc(sources, func(a, b Source) int { return strings.Compare(a.Name, b.Name) })
	c := emptyCompiler()
	var files []*ast.File
	for _, s := range sources {
		f, err := parser.ParseFile(s.Name, s.Data, parser.ParseComments)
		if err != nil {
			return nil, located(err)
		}
		files = append(files, f)
	}
	c.declare(files)
	return c, nil
}

// Files are the sources by their names, as package evaluate takes them.
func Files(sources []Source) map[string][]byte {
	files := map[string][]byte{}
	for _, s := range sources {
		files[s.Name] = s.Data
	}
	return files
}

func emptyCompiler() *compiler {
	return &compiler{
		defs:  map[string]*definition{},
		table: &table.Table{Types: []table.Type{{Any: true}}},
		names: []string{"Any"},
		byKey: map[string]table.ID{},
		exprs: map[string]uint16{},
	}
}

// located is CUE's error with its places.
func located(err error) error {
	return errors.New(strings.TrimSpace(cueerrors.Details(err, nil)))
}

type compiler struct {
	defs  map[string]*definition
	errs  []error
	seen  map[string]bool // errors already given
	depth int             // of local definitions

	builtin map[string]*definition // what a house may import
	aliases map[string]bool        // the names under which it does
	steps   int                    // that are left, 0 where they are not counted
	naming  int                    // names that constant is looking up

	table *table.Table
	names []string // of the types, for the generated constants
	byKey map[string]table.ID
	exprs map[string]uint16
}

// A definition is a declaration at the top of a file.
type definition struct {
	name  string
	decls []*ast.Field
	node  *node
	busy  bool // it is being translated
	id    table.ID
	has   bool                   // it has an id
	home  map[string]*definition // the definitions of its own package, nil for the compiler's
}

func (c *compiler) errorf(n positioner, format string, args ...any) {
	c.errorAt(n.Pos(), format, args...)
}

func (c *compiler) errorAt(pos token.Pos, format string, args ...any) {
	e := &Error{Pos: pos.Position(), Message: fmt.Sprintf(format, args...)}
	if c.seen == nil {
		c.seen = map[string]bool{}
	}
	if text := e.Error(); !c.seen[text] {
		c.seen[text] = true
		c.errs = append(c.errs, e)
	}
}

// declare collects the declarations of all files.
func (c *compiler) declare(files []*ast.File) {
	for _, f := range files {
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.Field:
				name, ok := identLabel(d.Label)
				if !ok {
					c.errorf(d, "at the top only definitions and names are understood")
					continue
				}
				def := c.defs[name]
				if def == nil {
					def = &definition{name: name}
					c.defs[name] = def
				}
				def.decls = append(def.decls, d)
			case *ast.Package, *ast.ImportDecl, *ast.CommentGroup:
			default:
				c.errorf(d, "at the top only definitions and names are understood")
			}
		}
	}
}

// definitions are the names that start with #, sorted.
func (c *compiler) definitions() []string {
	var names []string
	for name := range c.defs {
		if strings.HasPrefix(name, "#") {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	return names
}

// define translates a definition, once.
func (c *compiler) define(d *definition) *node {
	if d.node != nil {
		return d.node
	}
	if d.busy {
		c.errorf(d.decls[0], "%s is joined with itself", d.name)
		return anything()
	}
	d.busy = true
	defs := c.defs
	if d.home != nil {
		c.defs = d.home
	}
	defer func() { d.busy, c.defs = false, defs }()
	n := anything()
	for _, decl := range d.decls {
		at := c.attributes(decl.Attrs)
		m := c.expr(decl.Value, nil, 0)
		m = c.marked(m, at)
		if len(at.checks) > 0 {
			m = c.expand(m).clone()
			m.checks = append(m.checks, at.checks...)
		}
		if at.other() {
			c.errorf(decl, "a definition takes the attributes @check, @is and @k8s(value=…) only")
		}
		n = c.and(n, m, decl)
	}
	if n.ref == nil {
		n.name = strings.TrimPrefix(d.name, "#")
		closeAll(n, map[*structure]bool{})
	}
	d.node = n
	return n
}

// closeAll makes every literal in a definition as closed as the definition is.
//
//	#A: {x?: {a?: int}}
//	#B: #A & {x?: {a?: <5, ...}, ...}   // x is closed
func closeAll(n *node, done map[*structure]bool) {
	if n == nil || n.ref != nil {
		return
	}
	if n.list != nil {
		closeAll(n.list.elem, done)
	}
	if n.st == nil || done[n.st] {
		return
	}
	done[n.st] = true
	n.st.literal = false
	for _, f := range n.st.fields {
		closeAll(f.typ, done)
	}
	for _, k := range n.st.keys {
		closeAll(k.elem, done)
	}
}

func identLabel(l ast.Label) (string, bool) {
	id, ok := l.(*ast.Ident)
	if !ok {
		return "", false
	}
	return id.Name, true
}
