package report_test

import (
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/mattn/go-runewidth"
	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/report"
	"github.com/rollcast/rollcast/review"
)

// lint shows one finding at bytes [start, end) of a text.
func lint(t testing.TB, data string, start, end, width int) string {
	t.Helper()
	f := &manifest.File{Name: "f.yaml", Data: []byte(data)}
	r := &review.Result{KubernetesVersion: "1.36", Findings: []finding.Finding{{
		Rule: "r", Severity: finding.Error, File: f, Message: "m", Range: manifest.Range{Start: f.Pos(start), End: f.Pos(end)},
	}}}
	printer, err := report.New("text", report.Lint)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := printer(&b, r, report.Options{Width: width}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestCaret looks through the reader's eyes: whatever stands before it, the
// mark is right below the marked text, and as wide.
func TestCaret(t *testing.T) {
	for _, tc := range []struct{ before, marked, after string }{
		{"image: ", "web", " # why"},
		{"", "a", ""},
		{"\t\t", "tabbed", "\ttail"},
		{"ab\t", "tab\tin\tit", ""},
		{"名称: ", "网店", " 🛒"},
		{"🛒🛒 ", "😀x", ""},
		{"é: ", "naïve", ""},        // precomposed
		{"e\u0301: ", "mark", ""},   // combining
		{"\x1b[31m ", "red", ""},    // shown as an escape
		{"\xff\xfe ", "broken", ""}, // no UTF-8
		{strings.Repeat("x ", 300), "far", strings.Repeat(" y", 300)},
		{strings.Repeat("长", 300), "远", strings.Repeat("处", 300)},
	} {
		for _, width := range []int{0, 60, 80, 200} {
			data := "first: line\n" + tc.before + tc.marked + tc.after + "\r\nlast: line\n"
			start := len("first: line\n") + len(tc.before)
			lines := strings.Split(lint(t, data, start, start+len(tc.marked), width), "\n")
			source, under := lines[3], lines[4]
			column := runewidth.StringWidth(under[:strings.IndexAny(under, "^")])
			length := len(strings.TrimSpace(under[strings.IndexByte(under, '^'):]))
			shown := strings.Join(strings.Fields(cutColumns(source, column, length)), " ")
			if want := strings.Join(strings.Fields(tc.marked), " "); shown != want {
				t.Errorf("width %d: the mark stands under %q, not %q:\n%s\n%s", width, shown, want, source, under)
			}
		}
	}
}

// cutColumns is the text that stands in columns [from, from+length).
func cutColumns(s string, from, length int) string {
	out, column := "", 0
	for _, r := range s {
		if column >= from && column < from+length {
			out += string(r)
		}
		column += runewidth.RuneWidth(r)
	}
	return out
}

// TestManyLines: a range over several lines is marked on its first, up to its
// end, and an empty one with a single column.
func TestManyLines(t *testing.T) {
	const data = "probe:   \n  exec: 1\n"
	for _, tc := range []struct {
		start, end int
		want       string
	}{
		{0, len(data), "^~~~~~"},
		{3, 3, "   ^"},
		{len(data), len(data), "^"},
	} {
		lines := strings.Split(lint(t, data, tc.start, tc.end, 80), "\n")
		if got := strings.TrimPrefix(lines[4], "     │ "); got != tc.want {
			t.Errorf("bytes %d to %d: %q, want %q", tc.start, tc.end, got, tc.want)
		}
	}
}

// TestOneLineOf16MiB: showing a place costs no more than its surroundings.
func TestOneLineOf16MiB(t *testing.T) {
	f := &manifest.File{Name: "big.json", Data: []byte(strings.Repeat(`{"a": "长"}, `, 16<<20/14))}
	r := &review.Result{KubernetesVersion: "1.36"}
	for i := range 1000 {
		at := manifest.Pos{Line: 1, Column: 1, Byte: 14000 * i}
		r.Findings = append(r.Findings, finding.Finding{Rule: "r", Severity: finding.Error, File: f, Message: "m", Range: manifest.Range{Start: at, End: at}})
	}
	began := time.Now()
	out := render(t, "text", report.Lint, r, report.Options{})
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("1000 findings took %s", took)
	}
	if len(out) > 4<<20 {
		t.Errorf("1000 findings took %d bytes", len(out))
	}
}

func FuzzSnippet(f *testing.F) {
	f.Add("a: b\n", 3, 4, 60)
	f.Add("\xef\xbb\xbfa: \t\x1b网\u202e👨‍👩‍👧\r\n\nb", 5, 30, 30)
	f.Add(strings.Repeat("长 ", 400), 700, 703, 0)
	f.Fuzz(func(t *testing.T, data string, start, end, width int) {
		if start < 0 || end < start || end > len(data) || width < 0 {
			t.Skip()
		}
		out := lint(t, data, start, end, width)
		for _, r := range out {
			if r != '\n' && (unicode.IsControl(r) || r == '\u202e') {
				t.Fatalf("%U reaches the terminal", r)
			}
		}
		if len(data) > 0 && !strings.Contains(out, "^") {
			t.Fatalf("no mark in %q", out)
		}
		if width >= 60 {
			for line := range strings.Lines(out) {
				if tooWide(line, width) {
					t.Fatalf("%d columns on a screen of %d: %q", runewidth.StringWidth(line), width, line)
				}
			}
		}
	})
}

// TestLongLine: of a line of 1 MB or of 300,000 CJK characters only what
// surrounds the mark is shown, also where no screen bounds it, and the mark
// stands under what it marks.
func TestLongLine(t *testing.T) {
	for _, fill := range []string{strings.Repeat("x", 1_000_000), strings.Repeat("網", 300_000)} {
		for _, text := range []string{"a: " + fill + " HERE", "HERE: " + fill, "a: " + fill + " HERE " + fill} {
			f := parse(t, "long.yaml", text)
			r := &review.Result{KubernetesVersion: "1.36", Findings: []finding.Finding{{Rule: "house/x", Severity: finding.Error, File: f, Range: at(t, f, "HERE"), Message: "it is here"}}}
			for _, width := range []int{0, 60} {
				out := string(render(t, "text", report.Lint, r, report.Options{Width: width}))
				_, out, _ = strings.Cut(out, "│ ")
				line, out, _ := strings.Cut(out, "\n")
				_, under, _ := strings.Cut(out, "│ ")
				under, _, _ = strings.Cut(under, "\n")
				if w := runewidth.StringWidth(line); w > 160 || width > 0 && w > width {
					t.Errorf("%d columns are shown on a screen of %d", w, width)
				}
				before, _, found := strings.Cut(line, "HERE")
				if mark := strings.Repeat(" ", runewidth.StringWidth(before)) + "^~~~"; !found || under != mark {
					t.Errorf("the mark\n%s\nis not under HERE in\n%s", under, line)
				}
				if !strings.Contains(line, "…") {
					t.Errorf("no … in %s", line)
				}
			}
		}
	}
}
