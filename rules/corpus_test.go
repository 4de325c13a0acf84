package rules_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/facts"
	"github.com/rollcast/rollcast/rules"
	"github.com/rollcast/rollcast/rules/ruletest"
)

// corpus is the subjects of real manifests, each file a set of its own.
func corpus(t testing.TB) []*facts.Subject {
	t.Helper()
	root := filepath.Join("..", "..", "shared", "corpus")
	if _, err := os.Stat(root); errors.Is(err, fs.ErrNotExist) {
		t.Skip("no corpus beside the checkout")
	}
	var subjects []*facts.Subject
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if ext := filepath.Ext(name); err != nil || d.IsDir() || ext != ".yaml" && ext != ".yml" {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		found, err := ruletest.Subjects(strings.TrimPrefix(filepath.ToSlash(name), filepath.ToSlash(root)+"/"), data)
		if err != nil {
			return nil // broken files are other tests' matter
		}
		subjects = append(subjects, found...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return subjects
}

// TestCorpus holds the rules to what a main branch bears on its first day: at
// most 0.7 findings of warning or above and 0.05 errors a workload.
func TestCorpus(t *testing.T) {
	subjects := corpus(t)
	engine, err := rules.New(rules.Options{})
	if err != nil {
		t.Fatal(err)
	}
	findings, err := engine.Check(context.Background(), subjects)
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, f := range findings {
		count[f.Severity.String()]++
		count[f.Rule]++
	}
	t.Logf("%d workloads: %v", len(subjects), count)
	if testing.Verbose() {
		t.Log("\n" + ruletest.Print(findings))
	}
	n := float64(len(subjects))
	if len(subjects) < 400 || float64(count["error"]) > 0.05*n || float64(count["error"]+count["warning"]) > 0.7*n {
		t.Errorf("too many findings for %d workloads: %v", len(subjects), count)
	}
}
