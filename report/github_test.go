package report_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/report"
	"github.com/rollcast/rollcast/review"
)

// An annotation is a workflow command as the runner decodes it.
type annotation struct {
	level      string
	properties map[string]string
	message    string
}

// annotations decodes what is written for a result, by the rules of the runner:
// a command is a line, properties end at the first ::, and %25 comes last.
func annotations(t *testing.T, r *review.Result) []annotation {
	t.Helper()
	var list []annotation
	for line := range strings.Lines(string(render(t, "github", report.Review, r, report.Options{}))) {
		body, ok := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "::")
		head, message, found := strings.Cut(body, "::")
		level, properties, spaced := strings.Cut(head, " ")
		if !ok || !found || !spaced {
			t.Fatalf("no command: %q", line)
		}
		a := annotation{level, map[string]string{}, decodeData(message)}
		for p := range strings.SplitSeq(properties, ",") {
			key, value, _ := strings.Cut(p, "=")
			a.properties[key] = decodeProperty(value)
		}
		list = append(list, a)
	}
	return list
}

func decodeData(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(s, "%0D", "\r"), "%0A", "\n"), "%25", "%")
}

func decodeProperty(s string) string {
	return decodeData(strings.ReplaceAll(strings.ReplaceAll(s, "%3A", ":"), "%2C", ","))
}

// TestGitHubRoundTrip: the runner reads back what was written, apart from
// characters that act on a log.
func TestGitHubRoundTrip(t *testing.T) {
	r := nastyFindings(t)
	var first *finding.Finding
	for i := range r.Findings {
		if r.Findings[i].Rule == "schema/value" {
			first = &r.Findings[i]
		}
	}
	want := annotation{"error", map[string]string{
		"file": "商店/网店 (1).yaml", "line": "4", "endLine": "4", "col": "9", "endColumn": "11", "title": "schema/value",
	}, shown.Replace(first.Message) + "\nsafe fix: write web"}
	if diff := cmp.Diff(want, annotations(t, r)[0], cmp.AllowUnexported(annotation{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// shown writes what acts on a terminal as formats for people write it.
var shown = strings.NewReplacer("\x1b", `\x1b`, "\u202e", `\u202e`)

func FuzzGitHubRoundTrip(f *testing.F) {
	f.Add("a, b: c%0A%250D%\r\n::error::x", "x,y:z%3A.yaml")
	f.Fuzz(func(t *testing.T, message, name string) {
		if strings.ContainsFunc(message+name, func(r rune) bool { return r != '\n' && r != '\r' && (r < ' ' || r > '~') }) || len(message) > 1000 {
			t.Skip() // written as escapes, which other tests look at
		}
		r := &review.Result{Findings: []finding.Finding{{Rule: message, Severity: finding.Warning, File: &manifest.File{Name: name}, Message: message}}}
		list := annotations(t, r)
		if len(list) != 1 || list[0].level != "warning" || list[0].message != message || list[0].properties["file"] != name || list[0].properties["title"] != message {
			t.Fatalf("%q in %q came back as %+v", message, name, list)
		}
	})
}

// TestGitHubOrder: errors first, new before old, a fixed finding never, and
// a suppressed one neither.
func TestGitHubOrder(t *testing.T) {
	var got []string
	for _, a := range annotations(t, decided(t)) {
		got = append(got, a.level+" "+a.properties["title"]+" "+strings.TrimPrefix(a.message, "this one is "))
	}
	want := []string{"error house/name new", "error schema/value unchanged", "warning house/name new", "warning house/name unchanged", "notice schema/ignored-field new"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestGitHubNearFirst: of thirty errors the ten that are shown are the new
// ones, first those that the diff shows; old ones follow in the same order.
func TestGitHubNearFirst(t *testing.T) {
	var r review.Result
	add := func(n int, status finding.Status, near finding.Nearness) {
		for range n {
			r.Findings = append(r.Findings, finding.Finding{Rule: "house/x", Severity: finding.Error, File: &manifest.File{Name: "a.yaml"}, Status: status, Nearness: near,
				Message: string(status) + " " + near.String()})
		}
	}
	add(10, finding.Unchanged, finding.InHunk)
	add(10, finding.New, finding.Apart)
	add(3, finding.Unchanged, finding.Apart)
	add(2, finding.New, finding.InChangedFile)
	add(5, finding.New, finding.InHunk)
	var got []string
	for _, a := range annotations(t, &r) {
		got = append(got, a.message)
	}
	want := slices.Concat(slices.Repeat([]string{"new in hunk"}, 5), slices.Repeat([]string{"new in changed file"}, 2), slices.Repeat([]string{"new apart"}, 2),
		[]string{"GitHub shows 10 annotations of a level; 21 more errors are in a.yaml (21)"})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestGitHubLimit: of each level at most ten are written, and the last one
// accounts for all that are not.
func TestGitHubLimit(t *testing.T) {
	moreOf := regexp.MustCompile(`^(\d+) more (error|warning|info)s$`)
	for _, n := range []int{0, 1, 29, 30, 31, 33, 34, 3000, 40000} {
		r := many(t, n)
		written, hidden := map[string]int{}, 0
		levels := ""
		for _, a := range annotations(t, r) {
			written[a.level]++
			levels += a.level[:1]
			if m := moreOf.FindStringSubmatch(a.properties["title"]); m != nil {
				var left int
				fmt.Sscan(m[1], &left)
				hidden += left - 1 // its own annotation stands for one of them
				if left < 2 || written[a.level] != 10 {
					t.Errorf("%d findings: %q is the %dth %s", n, a.properties["title"], written[a.level], a.level)
				}
			}
		}
		total := hidden
		for level, k := range written {
			total += k
			if k > 10 {
				t.Errorf("%d findings: %d annotations of level %s", n, k, level)
			}
		}
		if total != n || strings.TrimLeft(strings.TrimLeft(strings.TrimLeft(levels, "e"), "w"), "n") != "" {
			t.Errorf("%d findings: %d are accounted for, in the order %s", n, total, levels)
		}
	}
	last := annotations(t, many(t, 40000))[9].message
	if !strings.HasSuffix(last, "and 30 more files") {
		t.Errorf("the last error says %q", last)
	}
}
