// Package rollcast_test holds the house to its plan: which package may import
// which, who may use which library, and how long a file may grow.
package rollcast_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/rollcast/rollcast"

// A room is one package of the house.
type room struct {
	floor   int
	imports []string // packages of this module; nil means every lower floor
	third   []string // prefixes of the third-party packages it may use
}

// house is docs/design.md's table of floors. A package imports only lower
// floors, and never its siblings. Subfolders belong to their nearest listed
// parent, unless listed themselves.
var house = map[string]room{
	"manifest":          {floor: 1, imports: []string{}, third: []string{"sigs.k8s.io/kustomize/kyaml/yaml", "sigs.k8s.io/yaml", "go.yaml.in/yaml/"}},
	"planner":           {floor: 1, imports: []string{}},
	"internal/git":      {floor: 1, imports: []string{}},
	"schema/table":      {floor: 1, imports: []string{}},
	"schema/kinds":      {floor: 2, imports: []string{"schema/table"}},
	"finding":           {floor: 2, imports: []string{"manifest"}},
	"internal/trace":    {floor: 2, imports: []string{"planner", "internal/schedule"}},
	"internal/schedule": {floor: 1, imports: []string{}, third: []string{"github.com/robfig/cron/"}},
	"internal/source":   {floor: 2, imports: []string{"manifest"}},
	"internal/history":  {floor: 2, imports: []string{"manifest", "planner"}},
	"internal/spell":    {floor: 1, imports: []string{}},
	"config":            {floor: 3, imports: []string{"manifest", "internal/source", "internal/spell"}, third: []string{"github.com/xeipuuv/gojsonschema"}},
	"suppress":          {floor: 3, imports: []string{"manifest", "finding", "internal/spell"}},
	"schema":            {floor: 3, imports: []string{"manifest", "finding", "schema/table", "schema/kinds"}, third: []string{"github.com/robfig/cron/", "k8s.io/apimachinery/"}},
	"schema/compile":    {floor: 2, imports: []string{"schema/table"}, third: []string{"cuelang.org/go/"}},
	"schema/evaluate":   {floor: 2, imports: []string{"schema/table", "manifest"}, third: []string{"cuelang.org/go/"}},
	"fix":               {floor: 3, imports: []string{"manifest", "finding"}},
	"workload":          {floor: 3, imports: []string{"manifest", "schema/table", "schema/kinds", "planner", "internal/spell", "internal/schedule"}, third: []string{"k8s.io/apimachinery/"}},
	"facts":             {floor: 4, imports: []string{"workload", "planner", "manifest"}},
	"rules":             {floor: 5, imports: []string{"facts", "finding", "fix", "manifest"}, third: []string{"github.com/open-policy-agent/opa/"}},
	"rules/ruletest":    {floor: 6}, // what rollcast rules test runs; the documentation's examples too
	"review":            {floor: 6},
	"report":            {floor: 7, third: []string{"github.com/mattn/go-runewidth"}},
	"internal/cli":      {floor: 8, third: []string{"github.com/spf13/cobra", "github.com/spf13/pflag", "golang.org/x/term"}},
	"cmd/rollcast":      {floor: 9, imports: []string{"internal/cli"}},
}

// sources calls visit for every file of this module with one of the endings,
// nested modules and testdata aside.
func sources(t *testing.T, visit func(name string), endings ...string) {
	t.Helper()
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != ".":
			if _, err := os.Stat(filepath.Join(name, "go.mod")); err == nil || d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") {
				return filepath.SkipDir
			}
		case slices.Contains(endings, path.Ext(d.Name())):
			visit(filepath.ToSlash(name))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// roomOf is the package of the house that a folder belongs to, or "".
func roomOf(dir string) string {
	for ; dir != "."; dir = path.Dir(dir) {
		if _, ok := house[dir]; ok {
			return dir
		}
	}
	return ""
}

func TestFloors(t *testing.T) {
	files := 0
	sources(t, func(name string) {
		files++
		if path.Dir(name) == "." {
			return // this file
		}
		from := roomOf(path.Dir(name))
		if from == "" {
			t.Errorf("%s stands in no room of the house: %s", name, strings.Join(slices.Sorted(maps.Keys(house)), ", "))
			return
		}
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, src, parser.ImportsOnly|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		// Tests and generators compare floors with each other, and may stand on any.
		if strings.HasSuffix(name, "_test.go") || strings.Contains(string(src), "//go:build ignore") {
			return
		}
		for _, spec := range f.Imports {
			imp, _ := strconv.Unquote(spec.Path.Value)
			if fault := importFault(from, imp); fault != "" {
				t.Errorf("%s: %s", name, fault)
			}
		}
	}, ".go")
	if files < 10 {
		t.Errorf("only %d Go files were found: the walk is broken", files)
	}
}

// importFault says why the package may not import imp, or "".
func importFault(from, imp string) string {
	here := house[from]
	if rest, ok := strings.CutPrefix(imp, module+"/"); ok {
		to := roomOf(rest)
		switch {
		case to == from || to == "":
			return ""
		case house[to].floor >= here.floor:
			return from + " (floor " + strconv.Itoa(here.floor) + ") may not import " + to + " (floor " + strconv.Itoa(house[to].floor) + ")"
		case here.imports != nil && !slices.Contains(here.imports, to):
			return from + " may import only " + strings.Join(here.imports, ", ") + "; not " + to
		}
		return ""
	}
	if first, _, _ := strings.Cut(imp, "/"); !strings.Contains(first, ".") {
		return "" // the standard library
	}
	for _, p := range here.third {
		if strings.HasPrefix(imp, p) {
			return ""
		}
	}
	return from + " may not use " + imp
}

// TestImportFault shows that the check above can fail.
func TestImportFault(t *testing.T) {
	for _, tc := range []struct {
		from, imp string
		ok        bool
	}{
		{"finding", module + "/manifest", true},
		{"schema", module + "/schema/kinds", true},
		{"rules", "github.com/open-policy-agent/opa/v1/rego", true},
		{"planner", "time", true},
		{"manifest", module + "/finding", false},        // upwards
		{"schema", module + "/workload", false},         // a sibling
		{"facts", module + "/finding", false},           // lower, but not its business
		{"review", "cuelang.org/go/cue", false},         // CUE lives under schema
		{"planner", "k8s.io/api/apps/v1", false},        // the standard library only
		{"report", module + "/internal/cli", false},     // upwards
		{"cmd/rollcast", module + "/review", false},     // main is a stub
		{"rules", "sigs.k8s.io/kustomize/kyaml", false}, // YAML lives in manifest
	} {
		if fault := importFault(tc.from, tc.imp); (fault == "") != tc.ok {
			t.Errorf("%s importing %s: got %q, want ok=%v", tc.from, tc.imp, fault, tc.ok)
		}
	}
}

// TestDesign: docs/design.md names every package of the house, and every
// module that go.mod requires directly, with its reason.
func TestDesign(t *testing.T) {
	design, err := os.ReadFile("docs/design.md")
	if err != nil {
		t.Fatal(err)
	}
	floors, rest, _ := strings.Cut(string(design), "\n## What proves it")
	_, reasons, _ := strings.Cut(rest, "\n## Direct dependencies")
	for name := range house {
		if !strings.Contains(floors, "| "+name+" |") && !strings.Contains(floors, "| "+name+" (generated) |") {
			t.Errorf("the table of floors in docs/design.md lacks %s", name)
		}
	}
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	direct := 0
	for line := range strings.Lines(string(mod)) {
		name, version, _ := strings.Cut(strings.TrimSpace(line), " ")
		if !strings.HasPrefix(line, "\t") || !strings.HasPrefix(version, "v") || strings.HasSuffix(strings.TrimSpace(version), "// indirect") {
			continue
		}
		direct++
		if !strings.Contains(reasons, name) {
			t.Errorf("docs/design.md does not say why go.mod requires %s", name)
		}
	}
	if direct < 10 {
		t.Errorf("only %d direct dependencies were found: go.mod is read wrongly", direct)
	}
}

// maxLines is where a source file has become two; generated ones are free.
const maxLines = 500

func TestFileLength(t *testing.T) {
	sources(t, func(name string) {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		head, _, _ := strings.Cut(string(src), "\npackage ")
		if n := strings.Count(string(src), "\n"); n > maxLines && !strings.Contains(head, "DO NOT EDIT") {
			t.Errorf("%s has %d lines, more than %d: split it by topic", name, n, maxLines)
		}
	}, ".go", ".cue", ".rego")
}
