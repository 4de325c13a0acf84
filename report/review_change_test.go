package report_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/report"
	"github.com/rollcast/rollcast/review"
)

// compared is the review of a change.
func compared(t *testing.T, base, head []*manifest.File) *review.Result {
	t.Helper()
	r, err := review.Compare(context.Background(), review.Base{Name: "origin/main", Files: base}, review.Input{Files: head}, review.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r.Judge()
	return r
}

// changedShop is a change of the demo: a new image with more replicas, an
// autoscaled workload, settings that are read by env, a budget that goes away,
// and a name that cannot be changed.
func changedShop(t *testing.T) *review.Result {
	t.Helper()
	edits := map[string][]string{
		"cart.yaml":   {"cart:1.8.0", "cart:1.9.0", "replicas: 3", "replicas: 5"},
		"mail.yaml":   {"smtp", "smtps"},
		"search.yaml": {"app.kubernetes.io/name: search", "app.kubernetes.io/name: find"},
		"web.yaml":    {"web:4.12.0", "web:4.13.0", "kind: PodDisruptionBudget\nmetadata:\n  name: web", "kind: PodDisruptionBudget\nmetadata:\n  name: front"},
	}
	var base, head []*manifest.File
	for _, name := range []string{"cart.yaml", "mail.yaml", "search.yaml", "web.yaml"} {
		data, err := os.ReadFile(filepath.Join("../testdata/shop", name))
		if err != nil {
			t.Fatal(err)
		}
		old, now := string(data), strings.NewReplacer(edits[name]...).Replace(string(data))
		if old == now {
			t.Fatalf("%s: no edit fits", name)
		}
		base = append(base, manifest.Parse("shop/"+name, []byte(old), manifest.Options{}))
		head = append(head, manifest.Parse("shop/"+name, []byte(now), manifest.Options{}))
	}
	return compared(t, base, head)
}

func TestReviewChange(t *testing.T) {
	r := changedShop(t)
	for _, s := range []struct {
		name string
		o    report.Options
	}{
		{"80", report.Options{Width: 80}},
		{"120", report.Options{Width: 120}},
		{"quiet", report.Options{Quiet: true}},
		{"verbose", report.Options{Verbose: true, Width: 120}},
	} {
		golden(t, "review-change."+s.name+".txt", render(t, "text", report.Review, r, s.o))
	}
	golden(t, "review-change.json", render(t, "json", report.Review, r, report.Options{}))
	golden(t, "review-change.md", render(t, "markdown", report.Review, r, report.Options{}))
	golden(t, "review-shop.md", render(t, "markdown", report.Review, shopResult(t), report.Options{}))
}

// TestReviewMarkdownFits holds the report to what a comment may hold, whatever
// the change: thousands of objects, and names and values that are markup.
func TestReviewMarkdownFits(t *testing.T) {
	var old, now strings.Builder
	for i := range 600 {
		const text = "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web-%d}\nspec: {replicas: 10, selector: {matchLabels: {a: w%d}}, template: {metadata: {labels: {a: w%d}}, spec: {containers: [{name: a, image: %q, command: [%q]}]}}}\n"
		fmt.Fprintf(&old, text, i, i, i, "web:1", "a")
		fmt.Fprintf(&now, text, i, i, i, "web:2", "```\n</details>|*x* @someone #1 <script> "+strings.Repeat("𝕏|", 100))
	}
	files := func(text string) []*manifest.File {
		return []*manifest.File{manifest.Parse("a.yaml", []byte(text), manifest.Options{})}
	}
	r := compared(t, files(old.String()), files(now.String()))
	got := render(t, "markdown", report.Review, r, report.Options{})
	if n := utf8.RuneCount(got); n > 60_000 || len(got) > 65_000 || !utf8.Valid(got) {
		t.Errorf("%d characters, %d bytes, valid UTF-8 %v", n, len(got), utf8.Valid(got))
	}
	if bytes.Contains(got, []byte("<script>")) || bytes.Contains(got, []byte("@someone")) || !bytes.Contains(got, []byte("left out")) {
		t.Error("markup of a manifest gets through, or nothing is said to be left out")
	}
	if open, closed := bytes.Count(got, []byte("<details>")), bytes.Count(got, []byte("</details>")); open != closed {
		t.Errorf("%d details are opened, %d are closed", open, closed)
	}
	if fences := bytes.Count(got, []byte("\n```")); fences%2 != 0 {
		t.Errorf("%d fences", fences)
	}
}
