package report_test

import (
	"bytes"
	"testing"

	"github.com/rollcast/rollcast/report"
)

// TestOnlyNew: beside the lines of a pull request stands what the change brings,
// and nothing that was there before. SARIF has a word for the rest.
func TestOnlyNew(t *testing.T) {
	r := changedShop(t)
	for _, format := range []string{"github", "gitlab", "junit", "checkstyle", "rdjsonl"} {
		got := render(t, format, report.Review, r, report.Options{})
		if !bytes.Contains(got, []byte("scale-up-starts-old-pods")) || !bytes.Contains(got, []byte("spec.selector of a Deployment cannot be changed")) {
			t.Errorf("%s does not carry what is new:\n%s", format, got)
		}
		if bytes.Contains(got, []byte("rollout-below-pdb")) {
			t.Errorf("%s carries what was there before:\n%s", format, got)
		}
	}
	got := render(t, "sarif", report.Review, r, report.Options{})
	for _, state := range []string{`"baselineState": "new"`, `"baselineState": "unchanged"`} {
		if !bytes.Contains(got, []byte(state)) {
			t.Errorf("sarif has no %s", state)
		}
	}
}
