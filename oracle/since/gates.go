package since

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Releases are the patch releases whose feature gates are read; a gate's default
// does not change with a patch.
var Releases = []string{"1.25.16", "1.26.15", "1.27.16", "1.28.15", "1.29.15", "1.30.14", "1.31.14", "1.32.13", "1.33.13", "1.34.7", "1.35.4", "1.36.3"}

// Gates has a line for each feature gate of the API server, sorted: with the
// minors in which its default changes, and the one without it. A gate that has
// gone is on for ever, unless it was off.
//
//	SidecarContainers 1.28 off 1.29 on
//	PodSecurityPolicy 1.25 on 1.26 gone
func Gates() ([]string, error) {
	said := map[string]string{} // what the line of a gate ends with
	lines := map[string]string{}
	for _, release := range Releases {
		gates, err := gatesOf(release)
		if err != nil {
			return nil, err
		}
		minor := release[:strings.LastIndexByte(release, '.')]
		for name := range lines {
			if _, ok := gates[name]; !ok {
				gates[name] = "gone"
			}
		}
		for name, now := range gates {
			if said[name] != now {
				said[name] = now
				lines[name] += " " + minor + " " + now
			}
		}
	}
	var out []string
	for name, line := range lines {
		out = append(out, name+line)
	}
	slices.Sort(out)
	return out, nil
}

// gatesOf is whether each feature gate is on or off by default.
func gatesOf(release string) (map[string]string, error) {
	out, err := exec.Command("go", "mod", "download", "-json", "k8s.io/kubernetes@v"+release).Output()
	var answer struct{ Dir, Error string }
	if e := json.Unmarshal(out, &answer); e != nil || answer.Dir == "" {
		return nil, fmt.Errorf("k8s.io/kubernetes %s: %v %s", release, err, answer.Error)
	}
	files, err := filepath.Glob(filepath.Join(answer.Dir, "pkg/features/*kube_features.go"))
	if err != nil {
		return nil, err
	}
	names := map[string]string{} // gates by their constants
	gates := map[string]string{}
	minor, _ := strconv.Atoi(strings.Split(release, ".")[1])
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			return nil, err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				if lit := literal(n.Values); len(n.Names) == 1 && lit != "" {
					names[n.Names[0].Name] = lit
				}
			case *ast.KeyValueExpr:
				name := nameOf(n.Key)
				spec, ok := n.Value.(*ast.CompositeLit)
				if on := defaultAt(spec, minor); ok && name != "" && on != "" {
					gates[name] = on
				}
			}
			return true
		})
	}
	for constant, name := range names {
		if on, ok := gates[constant]; ok && constant != name {
			delete(gates, constant)
			gates[name] = on
		}
	}
	if len(gates) < 50 {
		return nil, fmt.Errorf("only %d feature gates are found in %s", len(gates), release)
	}
	return gates, nil
}

func literal(values []ast.Expr) string {
	if len(values) != 1 {
		return ""
	}
	lit, ok := values[0].(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	s, _ := strconv.Unquote(lit.Value)
	return s
}

func nameOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr: // of the libraries: the constant has the gate's name
		return e.Sel.Name
	}
	return ""
}

// defaultAt reads {Default: true, …}, or a list of such with a Version, of which
// the last one up to the minor counts; "" where it is neither.
func defaultAt(spec *ast.CompositeLit, minor int) string {
	on := ""
	if spec == nil {
		return on
	}
	for _, e := range spec.Elts {
		switch e := e.(type) {
		case *ast.KeyValueExpr:
			if nameOf(e.Key) == "Default" {
				on = map[string]string{"true": "on", "false": "off"}[nameOf(e.Value)]
			}
		case *ast.CompositeLit:
			if since := versionOf(e); since != 0 && since <= minor {
				on = defaultAt(e, minor)
			}
		}
	}
	return on
}

// versionOf reads Version: version.MustParse("1.29"); 0 where there is none.
func versionOf(spec *ast.CompositeLit) int {
	for _, e := range spec.Elts {
		kv, ok := e.(*ast.KeyValueExpr)
		if !ok || nameOf(kv.Key) != "Version" {
			continue
		}
		if call, ok := kv.Value.(*ast.CallExpr); ok {
			minor, _ := strconv.Atoi(strings.TrimPrefix(literal(call.Args), "1."))
			return minor
		}
	}
	return 0
}
