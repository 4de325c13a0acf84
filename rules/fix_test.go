package rules_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rollcast/rollcast/facts"
	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/fix"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/rules"
	"github.com/rollcast/rollcast/rules/ruletest"
)

// TestFix turns a rule's operations into edits, and says what they do.
func TestFix(t *testing.T) {
	const at = `"at": input.probes[0].id, "message": "m", "fix": `
	for _, tc := range []struct {
		name, fix   string
		safe        bool
		description string
		old, new    string // of the text
		err         string
	}{
		{name: "in the template", fix: `{"safe": true, "ops": [{"op": "set", "path": ["failureThreshold"], "value": 3}]}`,
			description: "set spec.template.spec.containers[0].livenessProbe.failureThreshold to 3, restarts 1 pod",
			old:         "[\"true\"]}\n", new: "[\"true\"]}\n          failureThreshold: 3\n"},
		{name: "outside of it", fix: `{"safe": true, "ops": [{"at": 0, "op": "insert", "path": ["spec", "replicas"], "value": 3}]}`,
			description: "set spec.replicas to 3", old: "[\"true\"]}\n", new: "[\"true\"]}\n  replicas: 3\n"},
		{name: "metadata", fix: `{"safe": true, "description": "give it a label", "ops": [{"at": 0, "op": "set", "path": ["metadata", "labels", "a"], "value": "b"}]}`,
			safe: true, description: "give it a label", old: "  name: web\nspec:", new: "  name: web\n  labels:\n    a: b\nspec:"},
		{name: "not called safe", fix: `{"ops": [{"at": 0, "op": "set", "path": ["metadata", "name"], "value": "x"}]}`,
			description: "set metadata.name to x", old: "name: web\nspec", new: "name: x\nspec"},
		{name: "immutable", fix: `{"safe": true, "ops": [{"at": 0, "op": "set", "path": ["spec", "selector", "matchLabels", "app"], "value": "x"}]}`,
			description: "set spec.selector.matchLabels.app to x, apply will be rejected", old: "{app: web}}\n  template", new: "{app: x}}\n  template"},
		{name: "no place for it", fix: `{"ops": [{"op": "remove", "path": ["exec"]}]}`},
		{name: "unknown op", fix: `{"ops": [{"op": "drop"}]}`, err: `unknown op "drop": choose set, remove or insert`},
		{name: "no value", fix: `{"ops": [{"op": "set", "path": ["a"]}]}`, err: "set needs a value"},
		{name: "no ops", fix: `{"safe": true}`, err: "ops is empty"},
	} {
		found, err := engine(t, "findings contains {"+at+tc.fix+"}", rules.Options{}).Check(context.Background(), subjects(t, web))
		if tc.err != "" {
			if err == nil || !strings.HasSuffix(err.Error(), tc.err) {
				t.Errorf("%s: %v", tc.name, err)
			}
			continue
		}
		if err != nil || len(found) != 1 {
			t.Errorf("%s: %v %v", tc.name, found, err)
			continue
		}
		f := found[0]
		if tc.description == "" {
			if f.Fix != nil {
				t.Errorf("%s: %+v", tc.name, f.Fix)
			}
			continue
		}
		if f.Fix == nil || f.Fix.Safe != tc.safe || f.Fix.Description != tc.description {
			t.Errorf("%s: %+v", tc.name, f.Fix)
			continue
		}
		if err := f.Fix.Verify(); err != nil {
			t.Errorf("%s: %v", tc.name, err)
		}
		got, err := fix.Apply([]byte(web), f.Fix.Edits, 0)
		if diff := cmp.Diff(strings.Replace(web, tc.old, tc.new, 1), string(got)); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", tc.name, err, diff)
		}
	}
}

// TestFixesOfShippedRules applies what each rule proposes for its bad.yaml: the
// finding is gone, and no other rule has anything to say that it did not say
// before.
func TestFixesOfShippedRules(t *testing.T) {
	all, err := rules.New(rules.Options{Profile: rules.Strict})
	if err != nil {
		t.Fatal(err)
	}
	fixed := 0
	for _, rule := range rules.Catalogue() {
		data, err := os.ReadFile(rule.ID + "/bad.yaml")
		if err != nil {
			t.Fatal(err)
		}
		base, err := ruletest.Base(os.DirFS("."), rule.ID)
		if err != nil {
			t.Fatal(err)
		}
		before := map[string]int{}
		for round := 0; ; round++ {
			found, err := ruletest.Judge(context.Background(), all, "bad.yaml", data, base)
			if err != nil {
				t.Fatal(err)
			}
			count := map[string]int{}
			var own []finding.Finding
			for _, f := range found {
				count[f.Rule]++
				if f.Rule == rule.ID && f.Fix != nil {
					own = append(own, f)
				}
			}
			if round == 0 {
				before = count
			}
			for id, n := range count {
				if n > before[id] {
					t.Errorf("%s: its fix makes %s fire:\n%s", rule.ID, id, ruletest.Print(found))
				}
			}
			if len(own) == 0 {
				break
			}
			if round == 10 {
				t.Errorf("%s: its fixes do not end", rule.ID)
				break
			}
			fixed++
			var changed bool
			for _, fixes := range fix.Choose(own, true) {
				text, ok := fix.Carry(own[0].File, fixes)
				changed = ok && string(text) != string(data)
				data = text
			}
			if !changed {
				t.Errorf("%s: its fix cannot be carried out", rule.ID)
				break
			}
		}
	}
	if fixed < 10 {
		t.Errorf("only %d rules propose a fix", fixed)
	}
}

// TestFixesOnCorpus carries out every fix of every rule on the real manifests:
// each is read again and has moved nothing else, no rule finds more than it
// found before, and after a few rounds nothing is left to fix.
func TestFixesOnCorpus(t *testing.T) {
	all, err := rules.New(rules.Options{Profile: rules.Strict})
	if err != nil {
		t.Fatal(err)
	}
	byFile := map[*manifest.File][]*facts.Subject{}
	for _, s := range corpus(t) {
		byFile[s.Document().File] = append(byFile[s.Document().File], s)
	}
	judge := func(list []*facts.Subject) []finding.Finding {
		found, err := all.Check(context.Background(), list)
		if err != nil {
			t.Fatal(err)
		}
		finding.Sort(found)
		return found
	}
	fixed, rounds := 0, 0
	for file, list := range byFile {
		found := judge(list)
		before := perRule(found)
		for round := 1; ; round++ { // fixes that touch each other take turns
			text, n := carry(t, file, found)
			if n == 0 {
				break
			}
			fixed, rounds = fixed+n, max(rounds, round)
			list, err := ruletest.Subjects(file.Name, text)
			if err != nil {
				t.Errorf("%s cannot be read after its fixes: %v", file.Name, err)
				break
			}
			file, found = list[0].Document().File, judge(list)
			for id, n := range perRule(found) {
				if n > before[id] {
					t.Errorf("%s: the fixes make %s fire:\n%s", file.Name, id, ruletest.Print(found))
				}
			}
			if round == 5 {
				t.Errorf("%s: the fixes do not end", file.Name)
				break
			}
		}
	}
	t.Logf("%d fixes carried out, in at most %d rounds", fixed, rounds)
	if fixed < 100 {
		t.Errorf("only %d fixes", fixed)
	}
}

func perRule(found []finding.Finding) map[string]int {
	count := map[string]int{}
	for _, f := range found {
		count[f.Rule]++
	}
	return count
}

// carry carries out the fixes of a file and says how many.
func carry(t *testing.T, file *manifest.File, found []finding.Finding) (text []byte, n int) {
	t.Helper()
	for at, fixes := range fix.Choose(found, true) {
		if at != file {
			continue
		}
		for _, f := range fixes {
			if err := f.Verify(); err != nil {
				t.Errorf("%s: %s: %v", file.Name, f.Description, err)
			}
		}
		text, ok := fix.Carry(file, fixes)
		if !ok {
			t.Errorf("%s: the fixes cannot be carried out", file.Name)
			return nil, 0
		}
		return text, len(fixes)
	}
	return nil, 0
}
