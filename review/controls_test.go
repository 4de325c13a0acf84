package review_test

import (
	"os"
	"testing"

	"github.com/rollcast/rollcast/review"
	"github.com/rollcast/rollcast/rules"
)

// TestControls: what other tools call wrong and is right stays silent, in profile
// strict too; only rules of low confidence, which ask everybody for something, are
// left out there.
func TestControls(t *testing.T) {
	data, err := os.ReadFile("../testdata/ok/controls.yaml")
	if err != nil {
		t.Fatal(err)
	}
	strict := review.Options{Profile: rules.Strict}
	for _, r := range rules.Catalogue() {
		if r.Confidence == "low" {
			strict.Disable = append(strict.Disable, r.ID)
		}
	}
	for _, o := range []review.Options{{}, strict} {
		res := judge(t, review.Input{Files: parse(map[string]string{"controls.yaml": string(data)})}, o)
		if len(res.Findings) > 0 || res.Summary.Documents != 5 {
			t.Errorf("%d documents: %v", res.Summary.Documents, lines(res))
		}
	}
}
