package review_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/rollcast/rollcast/review"
	"github.com/rollcast/rollcast/rules"
)

// TestEveryRule reviews one tree that holds every rule's bad example, each folder
// a set, against what those of the rules on changes were before: every rule speaks
// of its own example.
func TestEveryRule(t *testing.T) {
	base, head := map[string]string{}, map[string]string{}
	read := func(name string) (string, bool) {
		data, err := os.ReadFile(filepath.Join("..", "rules", filepath.FromSlash(name)))
		return string(data), err == nil
	}
	for _, r := range rules.Catalogue() {
		bad, ok := read(r.ID + "/bad.yaml")
		if !ok {
			t.Fatalf("%s has no bad.yaml", r.ID)
		}
		head[r.ID+"/bad.yaml"] = bad
		if before, ok := read(r.ID + "/base.yaml"); ok {
			base[r.ID+"/bad.yaml"] = before
		}
	}
	res, err := review.Compare(context.Background(), review.Base{Name: "main", Files: parse(base)}, review.Input{Files: parse(head)}, review.Options{Profile: rules.Strict})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range res.Failures {
		t.Error(err)
	}
	said := map[string]bool{}
	for _, f := range res.Findings {
		said[f.Rule+" "+filepath.Dir(f.File.Name)] = true
	}
	for _, r := range rules.Catalogue() {
		if !said[r.ID+" "+r.ID] {
			t.Errorf("%s says nothing of its own example", r.ID)
		}
	}
}
