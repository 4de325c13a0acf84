package review_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/review"
	"github.com/rollcast/rollcast/rules"
)

// imageChanged is a rule about a change: it needs the base, the kinds and the
// fields that differ.
const imageChanged = `# METADATA
# title: no change of an image
# description: Images are changed elsewhere.
# custom:
#   severity: warning
package rollcast.rules["house-image"]

findings contains {"at": b.id, "message": sprintf("%s: %s to %s, %v, labels %v", [b.path, b.from, b.to, input.change.kinds, input.change.base.metadata.labels])} if {
	some b in input.change.because
	endswith(b.path, ".image")
}

findings contains {"message": "created"} if "created" in input.change.kinds
`

// TestChangeFacts: a rule sees what a review compares with, and what it finds is
// new; without a base, and on what did not change, there is no such fact.
func TestChangeFacts(t *testing.T) {
	o := review.Options{Only: []string{"house-image"}, Users: []rules.Folder{{Name: "house", FS: fstest.MapFS{"house-image/rule.rego": {Data: []byte(imageChanged)}}}}}
	base := map[string]string{"a.yaml": objects["deploy"], "b.yaml": strings.ReplaceAll(objects["deploy"], "name: web", "name: other")}
	head := map[string]string{
		"a.yaml": strings.Replace(objects["deploy"], "web:1", "web:2", 1),
		"b.yaml": base["b.yaml"],
		"c.yaml": strings.ReplaceAll(objects["deploy"], "name: web", "name: third"),
	}
	res, err := review.Compare(context.Background(), review.Base{Name: "main", Files: parse(base)}, review.Input{Files: parse(head)}, o)
	if err != nil || len(res.Failures) > 0 {
		t.Fatal(err, res.Failures)
	}
	var got []string
	for _, f := range res.Findings {
		if f.Status != finding.New {
			t.Errorf("%s is %s", f.Message, f.Status)
		}
		got = append(got, f.File.Name+" "+f.Path.String()+" "+f.Message)
	}
	slices.Sort(got)
	want := []string{
		"a.yaml spec.template.spec.containers[0].image spec.template.spec.containers[0].image: web:1 to web:2, [\"rollout\"], labels {\"team\": \"a\"}",
		"c.yaml  created",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	if res := judge(t, review.Input{Files: parse(head)}, o); len(res.Findings) != 0 {
		t.Errorf("without a base: %v", res.Findings)
	}
}
