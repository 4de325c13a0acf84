package report_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/report"
	"github.com/rollcast/rollcast/review"
)

func markdown(t *testing.T, r *review.Result) string {
	t.Helper()
	return string(render(t, "markdown", report.Lint, r, report.Options{}))
}

func TestMarkdown(t *testing.T) {
	all := cases(t)
	for name, r := range map[string]*review.Result{"lint-empty": all["lint-empty"].result, "lint-nasty": all["lint-nasty"].result, "lint-decided": decided(t)} {
		golden(t, name+".md", []byte(markdown(t, r)))
	}
}

var cell = regexp.MustCompile(`[^\\]\|`)

// TestMarkdownTable: whatever a finding holds, it is one row of three cells,
// and nothing of it is markup. .ci/formats has GitHub's own parser read it.
func TestMarkdownTable(t *testing.T) {
	for name, r := range map[string]*review.Result{"nasty": nastyFindings(t), "decided": decided(t), "refused": refused(t)} {
		rows := 0
		for line := range strings.Lines(markdown(t, r)) {
			if !strings.HasPrefix(line, "|") {
				continue
			}
			rows++
			if n := len(cell.FindAllString(line, -1)); n != 3 {
				t.Errorf("%s: %d cells: %s", name, n, line)
			}
			for _, markup := range []string{"<b>", "<is>", " *y", " _z", "[a](b)", "$1", "@me", "#1 ", "`x"} {
				if strings.Contains(line, markup) {
					t.Errorf("%s: %s in %s", name, markup, line)
				}
			}
		}
		want := 2
		for _, f := range r.Findings {
			if f.Status != finding.Fixed {
				want++
			}
		}
		if rows != want {
			t.Errorf("%s: %d rows, want %d", name, rows, want)
		}
	}
}

// TestMarkdownLimit: the report stays under 60,000 bytes, whatever the input,
// and accounts for every finding that is not in it.
func TestMarkdownLimit(t *testing.T) {
	long := strings.Repeat("<@&", 1<<16)
	nasty := &review.Result{KubernetesVersion: "1.36"}
	file := &manifest.File{Name: long}
	for range 500 {
		nasty.Findings = append(nasty.Findings, finding.Finding{
			Rule: long, Severity: finding.Error, File: file, Document: &manifest.Document{File: file, Kind: long, Name: long, Root: &manifest.Node{}},
			Message: long, Fix: &finding.Fix{Description: long},
		})
		nasty.Failures = append(nasty.Failures, fmt.Errorf("%s", long))
	}
	more := regexp.MustCompile(`(?m)^([\d,]+) more findings? (?:is|are) left out here \((.*)\)`)
	for name, r := range map[string]*review.Result{"nasty": nasty, "one": many(t, 1), "some": many(t, 300), "most": many(t, 30000)} {
		text := markdown(t, r)
		if len(text) >= 60000 {
			t.Errorf("%s: %d bytes", name, len(text))
		}
		shown := strings.Count(text, "\n| ") - 1 // the table's head
		left := 0
		if m := more.FindStringSubmatch(text); m != nil {
			fmt.Sscan(strings.ReplaceAll(m[1], ",", ""), &left)
			sum := 0
			for part := range strings.SplitSeq(m[2], ", ") {
				var n int
				fmt.Sscan(strings.ReplaceAll(part, ",", ""), &n)
				sum += n
			}
			if sum != left {
				t.Errorf("%s: %s", name, m[0])
			}
		}
		if shown+left != len(r.Findings) || (left > 0 && len(text) < 40000) {
			t.Errorf("%s: %d shown and %d left out of %d, in %d bytes", name, shown, left, len(r.Findings), len(text))
		}
	}
}

// TestMarkdownFirstLine: it says what the result was judged as, and how many
// files were not analysed.
func TestMarkdownFirstLine(t *testing.T) {
	first, _, _ := strings.Cut(markdown(t, nastyFindings(t)), "\n")
	if want := "judged as Kubernetes 1.36 · not analysed: 2 files, 1 document, 1 object without a schema"; first != want {
		t.Errorf("%q, want %q", first, want)
	}
}
