package rules_test

import (
	"context"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/tester"

	"github.com/rollcast/rollcast/rules"
)

// TestRego runs the rules' own unit tests, as `opa test rules` would.
func TestRego(t *testing.T) {
	modules := map[string]*ast.Module{}
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".rego") {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		modules[name], err = ast.ParseModuleWithOpts(name, string(text), ast.ParserOptions{RegoVersion: ast.RegoV1})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	store, err := rules.ParamsStore(nil)
	if err != nil {
		t.Fatal(err)
	}
	txn := storage.NewTransactionOrDie(ctx, store)
	defer store.Abort(ctx, txn)
	results, err := tester.NewRunner().SetStore(store).SetModules(modules).RaiseBuiltinErrors(true).RunTests(ctx, txn)
	if err != nil {
		t.Fatal(err)
	}
	tested := map[string]int{}
	for r := range results {
		tested[r.Package]++
		switch {
		case r.Error != nil:
			t.Errorf("%s: %s: %v", r.Location, r.Name, r.Error)
		case r.Fail:
			t.Errorf("%s: %s fails", r.Location, r.Name)
		}
	}
	for _, rule := range rules.Catalogue() {
		if pkg := "data.rollcast.rules_test[" + strconv.Quote(rule.ID) + "]"; tested[pkg] == 0 {
			t.Errorf("%s/rule_test.rego holds no test in package %s", rule.ID, pkg)
		}
	}
}
