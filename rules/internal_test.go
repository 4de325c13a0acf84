package rules

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/rollcast/rollcast/facts"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/workload"
)

// TestEncoder compares the encoder with the long way round, over JSON.
func TestEncoder(t *testing.T) {
	names := []string{"testdata/heavy.yaml"}
	for _, r := range shipped {
		names = append(names, r.ID+"/bad.yaml", r.ID+"/good.yaml")
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range workload.Resolve(manifest.Parse(name, data, manifest.Options{}).Documents, nil).Workloads {
			spec, _ := w.Spec(w.Replicas.Effective)
			plans, err := facts.Predict(w, spec.DefaultScenario())
			if err != nil {
				t.Fatal(err)
			}
			s := facts.Build(w, plans)
			text, err := json.Marshal(s)
			if err != nil {
				t.Fatal(err)
			}
			want, err := ast.ValueFromReader(bytes.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			if got := newEncoder(nil, nil).subject(s); got.Compare(want) != 0 {
				t.Errorf("%s:\ngot  %v\nwant %v", name, got, want)
			}
		}
	}
}

// TestInputKeys leaves facts out only where no rule can read them.
func TestInputKeys(t *testing.T) {
	for _, tc := range []struct {
		body string
		want []string // nil for all
	}{
		{`p if input.probes[_].id == 1`, []string{"probes"}},
		{`p if { some k in ["a"]; input.object[k] }`, []string{"object"}},
		{`p if { f(input.plans); input["name"] == "x" }
f(x) if x.timed`, []string{"name", "plans"}},
		{`p if { some k, _ in input; k == "x" }`, nil},
		{`p if f(input)
f(x) if x.name`, nil},
		{`p if { x := input; x.name }`, nil},
		{`p if input[data.key]`, nil},
	} {
		c := ast.NewCompiler()
		if c.Compile(map[string]*ast.Module{"m": ast.MustParseModule("package m\n" + tc.body)}); c.Failed() {
			t.Fatal(c.Errors)
		}
		keys := inputKeys(c)
		var got []string
		for k := range keys {
			got = append(got, k)
		}
		slices.Sort(got)
		if !slices.Equal(got, tc.want) || (keys == nil) != (tc.want == nil) {
			t.Errorf("%s: %v, want %v", tc.body, got, tc.want)
		}
	}
}

// TestPrograms compiles only what is asked for, and once.
func TestPrograms(t *testing.T) {
	e, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	e.Warm("ConfigMap", "Secret")
	if len(e.groups[0].programs) != 0 {
		t.Fatal("rules are compiled for kinds that none wants")
	}
	e.Warm("StatefulSet")
	stateful := len(e.groups[0].programs[0].rules)
	e.Warm("ConfigMap", "StatefulSet")
	if len(e.groups[0].programs) != 1 || stateful == len(e.groups[0].rules) {
		t.Fatalf("%d programs, the first with %d of %d rules", len(e.groups[0].programs), stateful, len(e.groups[0].rules))
	}
	e.Warm("Deployment")
	e.Warm("StatefulSet", "Deployment")
	if len(e.groups[0].programs) != 2 || len(e.groups[0].programs[1].rules) <= stateful {
		t.Errorf("%d programs", len(e.groups[0].programs))
	}
	for _, p := range e.groups[0].programs {
		<-p.done
		if p.err != nil {
			t.Error(p.err)
		}
	}
}
