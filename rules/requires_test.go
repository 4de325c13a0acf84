package rules_test

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rollcast/rollcast/facts"
	"github.com/rollcast/rollcast/rules"
	"github.com/rollcast/rollcast/rules/ruletest"
)

// TestRequires asks every rule about every example and the corpus, whatever the
// rule requires, with all facts: the rules that a run leaves out find nothing, and
// neither do the facts that it leaves out matter.
func TestRequires(t *testing.T) {
	var list []*facts.Subject
	for _, r := range rules.Catalogue() {
		for _, name := range []string{"bad.yaml", "good.yaml", "near.yaml"} {
			data, err := os.ReadFile(r.ID + "/" + name)
			if err != nil && name == "near.yaml" {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			base, err := ruletest.Base(os.DirFS("."), r.ID)
			if err != nil {
				t.Fatal(err)
			}
			subjects, err := ruletest.Changed(r.ID+"/"+name, data, base)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, subjects...)
		}
	}
	judge := func(t *testing.T, list []*facts.Subject) {
		some, all := check(t, list, false), check(t, list, true)
		if diff := cmp.Diff(all, some); diff != "" {
			t.Errorf("(-all +required):\n%s", diff)
		}
	}
	t.Run("examples", func(t *testing.T) { judge(t, list) })
	t.Run("corpus", func(t *testing.T) { judge(t, corpus(t)) })
}

// check is what the rules say, one line a finding.
func check(t *testing.T, list []*facts.Subject, all bool) (said []string) {
	t.Helper()
	engine, err := rules.New(rules.Options{Profile: rules.Strict})
	if err != nil {
		t.Fatal(err)
	}
	if all {
		engine.AskAll()
	}
	findings, err := engine.Check(context.Background(), list)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		said = append(said, fmt.Sprintf("%s:%v %s %s %s %v", f.File.Name, f.Range, f.Severity, f.Rule, f.Message, f.Related))
	}
	return said
}
