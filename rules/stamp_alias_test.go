package rules_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rollcast/rollcast/rules"
)

// TestAlias: a finding in what an alias stands for is told where the alias is
// used, and names the anchor once.
func TestAlias(t *testing.T) {
	list := subjects(t, `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: web:1
        livenessProbe: &probe {httpGet: {port: nowhere}}
        readinessProbe: *probe
`)
	engine, err := rules.New(rules.Options{Only: []string{"probe-port-unknown"}})
	if err != nil {
		t.Fatal(err)
	}
	found, err := engine.Check(context.Background(), list)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range found {
		text := fmt.Sprintf("%d %s", f.Range.Start.Line, f.Rule)
		for _, r := range f.Related {
			text += fmt.Sprintf("; %d:%d %s", r.Range.Start.Line, r.Range.Start.Column, r.Message)
		}
		got = append(got, text)
	}
	want := []string{
		"12 probe-port-unknown",
		"13 probe-port-unknown; 12:48 the anchor is here",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
