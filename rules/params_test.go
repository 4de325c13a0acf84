package rules_test

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/rules"
)

const paramBody = `
findings contains {"message": sprintf("%v %v %v %v", [p.number, p.name, p.on, p.names])} if p := data.rollcast.params.test
`

// TestParams hands parameters of each type to a rule.
func TestParams(t *testing.T) {
	dir := fstest.MapFS{"test/rule.rego": {Data: []byte(metadata + `#   params:
#     number: {description: a, default: 1}
#     name: {description: a, default: x, choices: [x, y]}
#     on: {description: a, default: false}
#     names: {description: a, default: [b]}
package rollcast.rules["test"]
` + paramBody)}}
	for _, tc := range []struct {
		set  map[string]any
		want string
	}{
		{nil, `1 x false ["b"]`},
		{map[string]any{"number": 2, "name": "y", "on": true, "names": []any{"c", "d"}}, `2 y true ["c", "d"]`},
	} {
		e, err := rules.Load(dir, rules.Options{Params: map[string]map[string]any{"test": tc.set}})
		if err != nil {
			t.Fatal(err)
		}
		found, err := e.Check(context.Background(), subjects(t, web))
		if err != nil || len(found) != 1 || found[0].Message != tc.want {
			t.Errorf("%v: %v %v", tc.set, found, err)
		}
	}
}

// TestParamFaults lists what is allowed.
func TestParamFaults(t *testing.T) {
	for _, tc := range []struct {
		o    rules.Options
		want string
	}{
		{rules.Options{Params: map[string]map[string]any{"liveness-starts-late": {"delaySeconds": "long"}}}, `rule liveness-starts-late: delaySeconds: "long" is no whole number`},
		{rules.Options{Params: map[string]map[string]any{"liveness-starts-late": {"delay": 1}}}, `rule liveness-starts-late has no parameter "delay": choose delaySeconds`},
		{rules.Options{Params: map[string]map[string]any{"no-such": {}}}, `unknown rule "no-such": choose `},
		{rules.Options{Levels: map[string]finding.Severity{"no-such": finding.Info}}, `unknown rule "no-such": choose `},
		{rules.Options{Enable: []string{"no-such"}}, `unknown rule "no-such": choose `},
	} {
		if _, err := rules.New(tc.o); err == nil || !strings.HasPrefix(err.Error(), tc.want) {
			t.Errorf("%+v: %v", tc.o, err)
		}
	}
}

// TestParamsOfShippedRules sets one, and the findings follow.
func TestParamsOfShippedRules(t *testing.T) {
	late := strings.Replace(web, "        livenessProbe:\n", "        livenessProbe:\n          initialDelaySeconds: 90\n", 1)
	for _, tc := range []struct {
		seconds int
		want    int
	}{{120, 0}, {89, 1}, {90, 0}} {
		e, err := rules.New(rules.Options{Only: []string{"liveness-starts-late"}, Params: map[string]map[string]any{"liveness-starts-late": {"delaySeconds": tc.seconds}}})
		if err != nil {
			t.Fatal(err)
		}
		found, err := e.Check(context.Background(), subjects(t, late))
		if diff := cmp.Diff(tc.want, len(found)); diff != "" || err != nil {
			t.Errorf("%d s: %v %v", tc.seconds, found, err)
		}
	}
}

func TestEnable(t *testing.T) {
	e, err := rules.New(rules.Options{Profile: rules.Minimal, Enable: []string{"image-tag-latest"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range e.Rules() {
		if r.ID != "image-tag-latest" && r.Profile != rules.Minimal {
			t.Errorf("%s runs", r.ID)
		}
	}
	if !e.Wants("DaemonSet") {
		t.Error("image-tag-latest does not run")
	}
}
