package folder

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/rollcast/rollcast/finding"
)

const sound = `# METADATA
# title: too many pods
# description: |
#   Because.
# related_resources:
#   - ref: https://example.com/a
#     description: a source
# custom:
#   summary: One sentence.
#   severity: warning
#   category: capacity
#   confidence: low
#   profile: strict
#   kinds: [StatefulSet, Deployment]
#   needs-context: true
#   since: "0.1"
#   computed: Somehow.
package rollcast.rules["too-many"]

findings contains {"message": "m"}
`

func read(text string) ([]Rule, error) {
	return Read(fstest.MapFS{
		"too-many/rule.rego":  {Data: []byte(text)},
		"too-many/other.rego": {Data: []byte("package nothing")},
		"lib/lib.rego":        {Data: []byte("package rollcast.lib")},
	})
}

func TestRead(t *testing.T) {
	got, err := read(sound)
	if err != nil {
		t.Fatal(err)
	}
	want := []Rule{{
		ID: "too-many", Title: "too many pods", Summary: "One sentence.", Why: "Because.", Computed: "Somehow.",
		Severity: finding.Warning, Category: "capacity", Confidence: "low", Profile: Strict,
		Kinds: []string{"Deployment", "StatefulSet"}, NeedsContext: true, Since: "0.1",
		Sources: []Source{{"a source", "https://example.com/a"}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestReadFaults(t *testing.T) {
	for _, tc := range []struct{ old, new, want string }{
		{`["too-many"]`, `["too-few"]`, `too-many/rule.rego:18: package has to be rollcast.rules["too-many"], as its folder is named`},
		{"# METADATA", "#", "too-many/rule.rego: no METADATA with scope: package above the package line"},
		{"# title: too many pods\n", "", "too-many/rule.rego:1: METADATA: title, description and related_resources are required"},
		{"severity: warning", "severity: bad", `too-many/rule.rego:1: METADATA: unknown severity "bad": choose error, warning or info`},
		{"profile: strict", "profile: loose", `too-many/rule.rego:1: METADATA: unknown profile "loose": choose minimal, recommended, strict`},
		{"confidence: low", "confidence: 90", "too-many/rule.rego:1: METADATA: custom.confidence is required, as a string"},
		{"confidence: low", "confidence: some", `too-many/rule.rego:1: METADATA: unknown confidence "some": choose low, medium, high`},
		{"category: capacity", "category: misc", `too-many/rule.rego:1: METADATA: unknown category "misc": choose autoscaling,`},
		{"kinds: [StatefulSet, Deployment]", "kinds: Deployment", "too-many/rule.rego:1: METADATA: custom.kinds has to be a list of strings"},
		{"needs-context: true", "needs-context: maybe", "too-many/rule.rego:1: METADATA: custom.needs-context has to be true or false"},
		{"since:", "sinse:", "too-many/rule.rego:1: METADATA: custom.since is required, as a string"},
		{"needs-context:", "needs-contxt:", "too-many/rule.rego:1: METADATA: unknown key custom.needs-contxt"},
		{`findings contains {"message": "m"}`, `findings[f] { f := {"message": "m"} }`, "too-many/rule.rego:20: this is version 0 of Rego, and rules are version 1"},
		{"findings contains", "findings holds", "too-many/rule.rego:20: "},
	} {
		_, err := read(strings.Replace(sound, tc.old, tc.new, 1))
		if err == nil || !strings.HasPrefix(err.Error(), tc.want) {
			t.Errorf("%s:\ngot  %v\nwant %s", tc.new, err, tc.want)
		}
	}
}
