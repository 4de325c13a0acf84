package rules_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/rules"
	"github.com/rollcast/rollcast/rules/ruletest"
	"github.com/rollcast/rollcast/schema"
)

// TestGenerated keeps the catalogue and docs/rules in step with the rule
// folders.
func TestGenerated(t *testing.T) {
	generated, err := ruletest.Generate(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range generated {
		got, err := os.ReadFile(name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s is stale, run go generate ./rules (-want +got):\n%s", name, diff)
		}
	}
}

// TestFolders runs each rule on its own examples: bad.yaml triggers it exactly
// on the lines that say so, and no rule at all says anything of good.yaml and
// near.yaml. Rules of low confidence, which ask every workload for something,
// are left out of other rules' examples.
func TestFolders(t *testing.T) {
	var low []string
	for _, rule := range rules.Catalogue() {
		if rule.Confidence == "low" {
			low = append(low, rule.ID)
			if rule.Profile != rules.Strict {
				t.Errorf("%s is of low confidence, and not in strict", rule.ID)
			}
		}
	}
	for _, rule := range rules.Catalogue() {
		t.Run(rule.ID, func(t *testing.T) {
			all, err := rules.New(rules.Options{Profile: rules.Strict, Disable: slices.DeleteFunc(slices.Clone(low), func(id string) bool { return id == rule.ID })})
			if err != nil {
				t.Fatal(err)
			}
			one, err := rules.New(rules.Options{Only: []string{rule.ID}})
			if err != nil {
				t.Fatal(err)
			}
			if n := judge(t, one, rule.ID+"/bad.yaml"); n == 0 {
				t.Error("bad.yaml expects nothing")
			}
			if n := judge(t, all, rule.ID+"/good.yaml"); n != 0 {
				t.Error("good.yaml expects findings")
			}
			if _, err := os.Stat(rule.ID + "/near.yaml"); err == nil {
				if n := judge(t, all, rule.ID+"/near.yaml"); n != 0 {
					t.Error("near.yaml expects findings")
				}
			}
			for _, name := range []string{"rule.rego", "rule_test.rego", "../docs/rules/" + rule.ID + ".md"} {
				if name[0] != '.' {
					name = rule.ID + "/" + name
				}
				if _, err := os.Stat(name); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// TestExamplesAreAccepted keeps the examples to what the API server takes: a
// rule is about what it lets pass.
func TestExamplesAreAccepted(t *testing.T) {
	names, err := filepath.Glob("*/*.yaml")
	if err != nil || len(names) < 2*len(rules.Catalogue()) {
		t.Fatalf("%d examples, %v", len(names), err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, doc := range manifest.Parse(name, data, manifest.Options{}).Documents {
			for _, f := range schema.Check(doc, schema.Options{}).Findings {
				if f.Severity == finding.Error {
					t.Error(ruletest.Print([]finding.Finding{f}))
				}
			}
		}
	}
}

// judge compares a manifest's findings with its expectations and returns how
// many it has.
func judge(t *testing.T, e *rules.Engine, name string) int {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	wants, err := ruletest.Wants(data)
	if err != nil {
		t.Fatal(err)
	}
	base, err := ruletest.Base(os.DirFS("."), filepath.Dir(name))
	if err != nil {
		t.Fatal(err)
	}
	findings, err := ruletest.Judge(context.Background(), e, name, data, base)
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range ruletest.Compare(wants, findings) {
		t.Error(fault)
	}
	return len(wants)
}
