package schema

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rollcast/rollcast/schema/table"
)

func TestDescribe(t *testing.T) {
	f, ok, err := Describe("apps/v1", "Deployment", []string{"spec", "replicas"}, 1, Options{})
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	if f.Type != "integer" || f.Default != "1" || f.Required || !slices.Equal(f.Limits, []string{"at least 0"}) {
		t.Errorf("replicas: %+v", f)
	}
	f, _, err = Describe("v1", "Pod", []string{"spec", "containers", "livenessProbe", "grpc"}, 1, Options{})
	if err != nil || f.Since == nil || *f.Since != (Since{Added: "1.23", Works: "1.24", Gate: "GRPCContainerProbe"}) {
		t.Errorf("grpc: %+v %v", f, err)
	}
	var unknown *UnknownFieldError
	if _, _, err := Describe("v1", "Pod", []string{"spec", "contaners"}, 1, Options{}); !errors.As(err, &unknown) || unknown.Holder != "spec" {
		t.Errorf("contaners: %v", err)
	}
}

// Every kind can be described to its last field, and none of them is endless.
func TestDescribeAll(t *testing.T) {
	for _, k := range Kinds() {
		f, ok, err := Describe(k.APIVersion, k.Kind, nil, 0, Options{})
		if err != nil || ok != k.Fields {
			t.Errorf("%s %s: %v %v", k.APIVersion, k.Kind, ok, err)
		}
		if ok && len(f.Fields) < 2 {
			t.Errorf("%s %s has %d fields", k.APIVersion, k.Kind, len(f.Fields))
		}
	}
}

// Of what a minor does not have nothing is said, and of what it drops that.
func TestDescribeMinor(t *testing.T) {
	sleep := []string{"spec", "containers", "lifecycle", "preStop", "sleep"}
	var unknown *UnknownFieldError
	if _, _, err := Describe("v1", "Pod", sleep, 1, Options{Minor: 28}); !errors.As(err, &unknown) || slices.Contains(unknown.Names, "sleep") {
		t.Errorf("1.28: %v", err)
	}
	for minor, dropped := range map[int]bool{29: true, 30: false} {
		if f, _, err := Describe("v1", "Pod", sleep, 1, Options{Minor: minor}); err != nil || f.Dropped != dropped {
			t.Errorf("1.%d: %v %v", minor, f, err)
		}
	}
	if f, _, err := Describe("v1", "Pod", sleep, 1, Options{Minor: 29, Gates: map[string]bool{"PodLifecycleSleepAction": true}}); err != nil || f.Dropped {
		t.Errorf("1.29 with the gate: %v %v", f, err)
	}
}

// Every check in Go has a meaning in words, and every meaning a check.
func TestMeanings(t *testing.T) {
	used := map[string]bool{}
	note := func(checks []table.Check) {
		for _, c := range checks {
			used[c.Name] = true
		}
	}
	for i := range builtin.tab.Types {
		x := &builtin.tab.Types[i]
		note(x.Checks)
		for _, s := range x.Scalars {
			note(s.Checks)
		}
		if x.Map == nil {
			continue
		}
		for _, f := range x.Map.Fields {
			note(f.Checks)
		}
		for _, r := range x.Map.Rules {
			if r.Check != nil {
				used[r.Check.Name] = true
			}
		}
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(meanings)), slices.Sorted(maps.Keys(used))); diff != "" {
		t.Error(diff)
	}
	if len(used) > 25 {
		t.Errorf("there are %d checks in Go, more than 25", len(used))
	}
}

func TestLevels(t *testing.T) {
	for _, k := range Kinds() {
		want := map[string]Level{"Deployment": Full, "HorizontalPodAutoscaler": Full, "Ingress": Main, "Role": Main, "CSIDriver": Shape, "PodSecurityPolicy": ""}
		if w, ok := want[k.Kind]; ok && k.Removed == "" && k.Judged != w {
			t.Errorf("%s %s: %q", k.APIVersion, k.Kind, k.Judged)
		}
	}
}
