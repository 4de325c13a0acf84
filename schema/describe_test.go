package schema

import (
	"errors"
	"slices"
	"testing"
)

func TestDescribe(t *testing.T) {
	f, ok, err := Describe("apps/v1", "Deployment", []string{"spec", "replicas"}, 1)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	if f.Type != "integer" || f.Default != "1" || f.Required || !slices.Equal(f.Limits, []string{"at least 0"}) {
		t.Errorf("replicas: %+v", f)
	}
	f, _, err = Describe("v1", "Pod", []string{"spec", "containers", "livenessProbe", "grpc"}, 1)
	if err != nil || f.Since == nil || *f.Since != (Since{Added: "1.23", Works: "1.24", Gate: "GRPCContainerProbe"}) {
		t.Errorf("grpc: %+v %v", f, err)
	}
	var unknown *UnknownFieldError
	if _, _, err := Describe("v1", "Pod", []string{"spec", "contaners"}, 1); !errors.As(err, &unknown) || unknown.Holder != "spec" {
		t.Errorf("contaners: %v", err)
	}
}

// Every kind can be described to its last field, and none of them is endless.
func TestDescribeAll(t *testing.T) {
	for _, k := range Kinds() {
		f, ok, err := Describe(k.APIVersion, k.Kind, nil, 0)
		if err != nil || ok != k.Fields {
			t.Errorf("%s %s: %v %v", k.APIVersion, k.Kind, ok, err)
		}
		if ok && len(f.Fields) < 2 {
			t.Errorf("%s %s has %d fields", k.APIVersion, k.Kind, len(f.Fields))
		}
	}
}
