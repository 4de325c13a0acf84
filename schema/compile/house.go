package compile

import (
	"errors"
	"fmt"
	"path"
	"sort"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/parser"

	"github.com/rollcast/rollcast/schema/table"
)

// BuiltinPath is what a house's schema imports to use the built-in definitions.
const BuiltinPath = "github.com/rollcast/rollcast/schema"

// What a house's schema may cost. Nobody writes that much; a hostile one stops
// there. A file of 256 KiB cannot nest deeper than the stack is.
const (
	maxHouseFile  = 256 << 10
	maxHouseDepth = 100
	maxHouseSteps = 100_000
)

// A House is what a user's CUE says: a table whose kinds are named.
type House struct {
	*table.Table
	Bindings []table.Binding // in the order of their names
}

// NewHouse compiles a user's files, which are one CUE package. It reads the
// syntax alone: nothing of a user's CUE is evaluated, so that it can read no
// file, and ends. builtin gives the built-in files, which are asked for only
// where they are imported.
func NewHouse(sources []Source, builtin func() ([]Source, error)) (h *House, err error) {
	c := emptyCompiler()
	c.steps = maxHouseSteps
	defer func() {
		switch r := recover().(type) {
		case nil:
		case tooMuch:
			h, err = nil, fmt.Errorf("%s: the schema is too large, or refers to itself: it takes more than %d steps to read", sources[0].Name, maxHouseSteps)
		default:
			panic(r)
		}
	}()
	files, err := parseHouse(sources)
	if err != nil {
		return nil, err
	}
	imported := false
	for _, f := range files {
		imported = c.imports(f) || imported
	}
	if imported {
		if c.builtin, err = builtinDefinitions(builtin); err != nil {
			return nil, err
		}
	}
	c.declare(files)
	h = &House{Table: c.table}
	h.Bindings = c.bindings()
	if len(c.errs) > 0 {
		sort.SliceStable(c.errs, func(i, j int) bool { return c.errs[i].Error() < c.errs[j].Error() })
		return nil, errors.Join(c.errs...)
	}
	for i := range h.Types { // a house demands, and forbids nothing by silence
		if m := h.Types[i].Map; m != nil {
			m.Open = true
		}
	}
	return h, nil
}

// tooMuch is what spend panics with.
type tooMuch struct{}

// spend takes from the steps that are left, where they are limited.
func (c *compiler) spend(n int) {
	if c.steps == 0 {
		return
	}
	if c.steps -= n; c.steps <= 0 {
		panic(tooMuch{})
	}
}

func parseHouse(sources []Source) ([]*ast.File, error) {
	var files []*ast.File
	for _, s := range sources {
		if len(s.Data) > maxHouseFile {
			return nil, fmt.Errorf("%s: a schema has at most %d KiB", s.Name, maxHouseFile>>10)
		}
		if depth(s.Data) > maxHouseDepth {
			return nil, fmt.Errorf("%s: brackets are nested more than %d deep", s.Name, maxHouseDepth)
		}
		f, err := parser.ParseFile(s.Name, s.Data, parser.ParseComments)
		if err != nil {
			return nil, located(err)
		}
		files = append(files, f)
	}
	return files, nil
}

// depth is how deep brackets are nested; those in texts count too.
func depth(data []byte) int {
	deepest, now := 0, 0
	for _, b := range data {
		switch b {
		case '(', '[', '{':
			now++
			deepest = max(deepest, now)
		case ')', ']', '}':
			now--
		}
	}
	return deepest
}

// libraries are the packages of CUE whose functions the compiler knows.
var libraries = map[string]bool{"list": true, "strings": true, "struct": true}

// imports reads a file's imports, and reports whether the built-in definitions
// are among them. Everything else that could be imported is refused.
func (c *compiler) imports(f *ast.File) bool {
	found := false
	for spec := range f.ImportSpecs() {
		name, err := literal.Unquote(spec.Path.Value)
		name, qualifier, _ := strings.Cut(name, ":")
		switch {
		case err != nil:
			c.errorf(spec, "%v", err)
		case name == BuiltinPath:
			found = true
			alias := path.Base(name)
			if qualifier != "" {
				alias = qualifier
			}
			if spec.Name != nil {
				alias = spec.Name.Name
			}
			if c.aliases == nil {
				c.aliases = map[string]bool{}
			}
			c.aliases[alias] = true
		case !libraries[name] || spec.Name != nil:
			c.errorf(spec, "%q cannot be imported: only %q, list, strings and struct can", name, BuiltinPath)
		}
	}
	return found
}

// builtinDefinitions are the definitions that a house may import.
func builtinDefinitions(builtin func() ([]Source, error)) (map[string]*definition, error) {
	sources, err := builtin()
	if err != nil {
		return nil, err
	}
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
	for _, d := range c.defs {
		d.home = c.defs
	}
	return c.defs, nil
}

// imported is the built-in definition that schema.#Name stands for, or nil.
func (c *compiler) imported(e *ast.SelectorExpr, env *scope) *definition {
	pkg, ok := e.X.(*ast.Ident)
	name, ok2 := identLabel(e.Sel)
	if !ok || !ok2 || !c.aliases[pkg.Name] || env.declares(pkg.Name) {
		return nil
	}
	d := c.builtin[name]
	if d == nil {
		c.errorf(e, "there is no built-in definition %s", name)
		return &definition{name: name, node: anything()}
	}
	return d
}

// bindings emits what is bound to a kind by concrete fields apiVersion and kind.
func (c *compiler) bindings() []table.Binding {
	var names []string
	for name := range c.defs {
		names = append(names, name)
	}
	sort.Strings(names)
	var rules []table.Binding
	for _, name := range names {
		d := c.defs[name]
		if _, ok := d.decls[0].Value.(*ast.BasicLit); ok || hidden(name) {
			continue
		}
		n := c.expand(c.define(d))
		if n.st == nil {
			continue
		}
		apiVersion, kind := c.bound(n, "apiVersion"), c.bound(n, "kind")
		if apiVersion == "" || kind == "" {
			continue
		}
		id := c.emit(&node{ref: d}, nil, place{}, "")
		rules = append(rules, table.Binding{Name: strings.TrimPrefix(name, "#"), APIVersion: apiVersion, Kind: kind, Type: id})
	}
	if len(rules) == 0 && len(c.errs) == 0 && len(names) > 0 {
		c.errorAt(c.defs[names[0]].decls[0].Pos(), "nothing here is bound to a kind: a definition needs concrete fields apiVersion and kind")
	}
	return rules
}

// bound is the only text that a field may have, "" where there is none.
func (c *compiler) bound(n *node, name string) string {
	f := n.st.fields[name]
	if f == nil || f.Presence == table.Optional {
		return ""
	}
	if v := c.fixed(f.typ); v != nil && v.Kind == table.StringValue {
		return v.Text
	}
	return ""
}
