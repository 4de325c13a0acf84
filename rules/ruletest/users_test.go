package ruletest

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/rollcast/rollcast/rules"
)

func scaffolded(t *testing.T, edits ...func(dir fstest.MapFS)) rules.Folder {
	t.Helper()
	files, err := Scaffold("peak-below-60")
	if err != nil {
		t.Fatal(err)
	}
	dir := fstest.MapFS{}
	for name, data := range files {
		dir["peak-below-60/"+name] = &fstest.MapFile{Data: data}
	}
	for _, edit := range edits {
		edit(dir)
	}
	return rules.Folder{Name: "house", FS: dir}
}

// TestScaffold shows that a new rule passes its own tests.
func TestScaffold(t *testing.T) {
	verdicts, errs := Test(context.Background(), scaffolded(t))
	want := []Verdict{{Rule: "peak-below-60", Wants: 1, Silent: 1, Rego: 3}}
	if diff := cmp.Diff(want, verdicts); diff != "" || len(errs) > 0 {
		t.Errorf("%v (-want +got):\n%s", errs, diff)
	}
	for _, name := range []string{"", "Peak", "a_b", "-a", "a/b", ".."} {
		if _, err := Scaffold(name); err == nil {
			t.Errorf("%q is a name", name)
		}
	}
}

// TestFaults shows that each test can fail.
func TestFaults(t *testing.T) {
	replace := func(file, old, replacement string) func(fstest.MapFS) {
		return func(dir fstest.MapFS) {
			text := string(dir["peak-below-60/"+file].Data)
			if !strings.Contains(text, old) {
				t.Fatalf("%s has no %q", file, old)
			}
			dir["peak-below-60/"+file] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, replacement, 1))}
		}
	}
	remove := func(file string) func(fstest.MapFS) {
		return func(dir fstest.MapFS) { delete(dir, "peak-below-60/"+file) }
	}
	for _, tc := range []struct {
		edit func(fstest.MapFS)
		want []string
	}{
		{replace("bad.yaml", "replicas: 50", "replicas: 40"), []string{`house/peak-below-60/bad.yaml: line 12: nothing says "needs 63 pods at its peak, more than 60"`}},
		{replace("bad.yaml", "# want", "# wants"), []string{"house/peak-below-60/bad.yaml: expects nothing: write `# want \"…\"` on the line of a finding"}},
		{replace("good.yaml", "replicas: 48", "replicas: 49"), []string{"house/peak-below-60/good.yaml: unexpected house/peak-below-60/good.yaml:12:17: warning: the rollout needs 62 pods at its peak, more than 60 [peak-below-60]"}},
		{replace("good.yaml", "replicas: 48", "replicas: 48 # want \"x\""), []string{"house/peak-below-60/good.yaml: has to stay silent, and expects a finding"}},
		{remove("bad.yaml"), []string{"house/peak-below-60/bad.yaml is missing"}},
		{replace("rule_test.rego", "subject(61)", "subject(60)"), []string{"house/peak-below-60/rule_test.rego:7: test_above fails"}},
		{replace("rule_test.rego", "count(rule.findings) == 0", "nosuch(rule)"), []string{"house/peak-below-60/rule_test.rego:14: undefined function nosuch"}},
		{remove("rule_test.rego"), nil},
	} {
		verdicts, errs := Test(context.Background(), scaffolded(t, tc.edit))
		var got []string
		for _, v := range verdicts {
			got = slices.Concat(got, v.Faults)
		}
		if diff := cmp.Diff(tc.want, got); diff != "" || len(errs) > 0 {
			t.Errorf("%v (-want +got):\n%s", errs, diff)
		}
	}
	if verdicts, errs := Test(context.Background(), scaffolded(t, replace("rule.rego", "plan.peakPods > most", "plan.peakPods >"))); len(verdicts) > 0 || len(errs) != 1 {
		t.Errorf("a rule that cannot be parsed: %v %v", verdicts, errs)
	}
}

// TestHouse runs the tests of the rules that docs/house-rules.md shows.
func TestHouse(t *testing.T) {
	verdicts, errs := Test(context.Background(), rules.Folder{Name: "house", FS: os.DirFS("../../docs/house")})
	if len(errs) > 0 || len(verdicts) != 3 {
		t.Fatalf("%d rules, %v", len(verdicts), errs)
	}
	for _, v := range verdicts {
		if len(v.Faults) > 0 || v.Wants == 0 || v.Silent == 0 || v.Rego == 0 {
			t.Errorf("%+v", v)
		}
	}
}
