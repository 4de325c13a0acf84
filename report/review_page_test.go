package report_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/report"
)

// TestReviewPage makes the reports of docs/review.md; UPDATE=1 rewrites them.
func TestReviewPage(t *testing.T) {
	const page = "../docs/review.md"
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	got := string(text)
	for _, tc := range []struct{ name, file, from, to string }{
		{"image", "cart.yaml", "cart:1.8.0", "cart:1.9.0"},
		{"settings", "mail.yaml", "smtp", "smtps"},
		{"selector", "search.yaml", "app.kubernetes.io/name: search", "app.kubernetes.io/name: find"},
	} {
		data, err := os.ReadFile(filepath.Join("../testdata/shop", tc.file))
		if err != nil {
			t.Fatal(err)
		}
		edited := strings.ReplaceAll(string(data), tc.from, tc.to)
		if edited == string(data) {
			t.Fatalf("%s: the edit does not fit", tc.name)
		}
		file := func(text string) []*manifest.File {
			return []*manifest.File{manifest.Parse("shop/"+tc.file, []byte(text), manifest.Options{})}
		}
		out := render(t, "text", report.Review, compared(t, file(string(data)), file(edited)), report.Options{Width: 110})
		place := regexp.MustCompile("<!-- " + tc.name + " -->\n(?:\n?`{4}text\n(?s:.*?)`{4}\n)?")
		if !place.MatchString(got) {
			t.Fatalf("docs/review.md has no place for %s", tc.name)
		}
		block := "<!-- " + tc.name + " -->\n\n````text\n" + strings.TrimRight(strings.ReplaceAll(string(out), "\u00a0", " "), "\n") + "\n````\n"
		got = place.ReplaceAllLiteralString(got, block)
	}
	if os.Getenv("UPDATE") == "1" {
		if err := os.WriteFile(page, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got != string(text) {
		t.Errorf("docs/review.md is out of date (UPDATE=1 rewrites it):\n%s", got)
	}
}
