package rules

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/tester"

	"github.com/rollcast/rollcast/rules/folder"
)

// TestRego runs the Rego tests beside a user's rule: the rules of its
// *_test.rego files whose names begin with test_. They see the parameters'
// defaults. It returns how many ran and one sentence for each that failed.
func TestRego(ctx context.Context, f Folder, r Rule) (ran int, failed []string, err error) {
	g := &group{name: f.Name, rules: []Rule{r}, source: f.FS, users: true}
	names, err := fs.Glob(f.FS, r.ID+"/*.rego")
	if err != nil || !slices.ContainsFunc(names, func(n string) bool { return strings.HasSuffix(n, "_test.rego") }) {
		return 0, nil, err
	}
	list := g.libraries()
	for _, name := range names {
		if name == r.ID+"/rule.rego" || strings.HasSuffix(name, "_test.rego") {
			list = append(list, library{f.FS, name, join(f.Name, name)})
		}
	}
	modules := map[string]*ast.Module{}
	for _, l := range list {
		text, err := fs.ReadFile(l.source, l.file)
		if err != nil {
			return 0, nil, err
		}
		if modules[l.name], err = folder.Parse(l.name, string(text), false); err != nil {
			return 0, nil, err
		}
	}
	params, err := parameters(pointers(g.rules), nil)
	if err != nil {
		return 0, nil, err
	}
	return runTests(ctx, store(params), modules)
}

func runTests(ctx context.Context, data storage.Store, modules map[string]*ast.Module) (ran int, failed []string, err error) {
	txn, err := data.NewTransaction(ctx)
	if err != nil {
		return 0, nil, err
	}
	defer data.Abort(ctx, txn)
	compiler := ast.NewCompiler().WithCapabilities(capabilities())
	results, err := tester.NewRunner().SetCompiler(compiler).SetStore(data).SetModules(modules).
		RaiseBuiltinErrors(true).SetTimeout(defaultTimeout).RunTests(ctx, txn)
	if err != nil {
		var list ast.Errors
		if errors.As(err, &list) {
			err = plain(list)
		}
		return 0, nil, err
	}
	for result := range results {
		at := result.Name
		if l := result.Location; l != nil {
			at = fmt.Sprintf("%s:%d: %s", path.Clean(l.File), l.Row, at)
		}
		ran++
		switch {
		case result.Error != nil:
			text, _, _ := strings.Cut(result.Error.Error(), "\n")
			failed = append(failed, at+" breaks off: "+text)
		case result.Fail:
			failed = append(failed, at+" fails")
		}
	}
	slices.Sort(failed)
	return ran, failed, nil
}
