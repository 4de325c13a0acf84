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
	for _, tc := range []struct {
		name, file string
		edits      []string
	}{
		{"image", "cart.yaml", []string{"cart:1.8.0", "cart:1.9.0"}},
		{"settings", "mail.yaml", []string{"smtp.", "smtps."}},
		{"selector", "search.yaml", []string{"app.kubernetes.io/name: search", "app.kubernetes.io/name: find"}},
		{"renamed", "cart.yaml", []string{"kind: Deployment\nmetadata:\n  name: cart", "kind: Deployment\nmetadata:\n  name: basket", "cart:1.8.0", "cart:1.9.0"}},
	} {
		data, err := os.ReadFile(filepath.Join("../testdata/shop", tc.file))
		if err != nil {
			t.Fatal(err)
		}
		edited := strings.NewReplacer(tc.edits...).Replace(string(data))
		if edited == string(data) {
			t.Fatalf("%s: the edit does not fit", tc.name)
		}
		file := func(text string) []*manifest.File {
			return []*manifest.File{manifest.Parse("shop/"+tc.file, []byte(text), manifest.Options{})}
		}
		r := compared(t, file(string(data)), file(edited))
		text := render(t, "text", report.Review, r, report.Options{Width: 110})
		markdown := render(t, "markdown", report.Review, r, report.Options{})
		place := regexp.MustCompile("(?s)<!-- " + tc.name + " -->\n.*?<!-- end -->\n")
		if !place.MatchString(got) {
			t.Fatalf("docs/review.md has no place for %s", tc.name)
		}
		block := "<!-- " + tc.name + " -->\n\n" + fence("diff", changedLines("shop/"+tc.file, string(data), edited)) +
			fence("text", string(text)) + "<details><summary>The same as a comment of a pull request</summary>\n\n" +
			fence("markdown", string(markdown)) + "</details>\n\n<!-- end -->\n"
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

// fence is a text as it stands, in a block that no text of ours ends.
func fence(language, text string) string {
	return "````" + language + "\n" + strings.TrimRight(strings.ReplaceAll(text, "\u00a0", " "), "\n") + "\n````\n\n"
}

// changedLines are the lines that an edit within lines changed, as a diff shows
// them.
func changedLines(name, old, edited string) string {
	a, b := strings.Split(old, "\n"), strings.Split(edited, "\n")
	var text strings.Builder
	text.WriteString("--- a/" + name + "\n+++ b/" + name + "\n")
	for i := range a {
		if a[i] != b[i] {
			text.WriteString("-" + a[i] + "\n+" + b[i] + "\n")
		}
	}
	return text.String()
}
