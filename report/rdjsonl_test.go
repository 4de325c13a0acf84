package report_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/report"
	"github.com/rollcast/rollcast/review"
)

// An rdDiagnostic has the keys of reviewdog's proto message that are written.
// .ci/formats has reviewdog itself read them.
type rdDiagnostic struct {
	Message  string
	Location rdLocation
	Severity string
	Source   struct{ Name, URL string }
	Code     struct{ Value, URL string }

	Suggestions []struct {
		Range rdRange
		Text  string
	}
	RelatedLocations []struct {
		Message  string
		Location rdLocation
	}
}

type rdLocation struct {
	Path  string
	Range rdRange
}

type rdRange struct{ Start, End struct{ Line, Column int } }

// bytes are the offsets of a range in a text.
func (r rdRange) bytes(text string) (start, end int) {
	lines := strings.SplitAfter(text, "\n")
	offset := func(line, column int) int { return len(strings.Join(lines[:line-1], "")) + column - 1 }
	return offset(r.Start.Line, r.Start.Column), offset(r.End.Line, r.End.Column)
}

func diagnostics(t *testing.T, r *review.Result) (list []rdDiagnostic) {
	t.Helper()
	for line := range strings.Lines(string(render(t, "rdjsonl", report.Lint, r, report.Options{}))) {
		if len(line) >= 64<<10 {
			t.Errorf("a line of %d bytes, at which reviewdog gives up", len(line))
		}
		d := json.NewDecoder(strings.NewReader(line))
		d.DisallowUnknownFields()
		var v rdDiagnostic
		if err := d.Decode(&v); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		list = append(list, v)
	}
	return list
}

// TestRDJSONL: each line's range, in bytes, holds the finding's text.
func TestRDJSONL(t *testing.T) {
	r := nastyFindings(t)
	list := diagnostics(t, r)
	if len(list) != len(r.Findings) {
		t.Fatalf("%d lines of %d findings", len(list), len(r.Findings))
	}
	for i, d := range list {
		f := &r.Findings[i]
		if d.Code.Value != f.Rule || d.Severity != strings.ToUpper(f.Severity.String()) || d.Location.Path != f.File.Name || !strings.HasPrefix(d.Message, f.Message) {
			t.Errorf("line %d: %+v", i, d)
		}
		if f.File.Data == nil {
			continue
		}
		start, end := d.Location.Range.bytes(string(f.File.Data))
		if got := string(f.File.Data[start:end]); got != f.File.Text(f.Range) {
			t.Errorf("line %d: the range holds %q, want %q", i, got, f.File.Text(f.Range))
		}
		for k, related := range d.RelatedLocations {
			want := f.Related[k]
			start, end := related.Location.Range.bytes(string(want.File.Data))
			if got := string(want.File.Data[start:end]); got != want.File.Text(want.Range) || related.Message != want.Message {
				t.Errorf("line %d: related to %q, %q", i, got, related.Message)
			}
		}
	}
}

// TestRDSuggestions: to accept the suggestion is to apply the fix.
func TestRDSuggestions(t *testing.T) {
	const text = "\xef\xbb\xbfa: 网 # 😀\r\nb: 2\r\nc: 3"
	f, other := parse(t, "a.yaml", text), parse(t, "b.yaml", text)
	edit := func(f *manifest.File, old, text string) finding.Edit {
		i := strings.Index(string(f.Data), old)
		return finding.Edit{File: f, Start: i, End: i + len(old), Text: text}
	}
	for _, tc := range []struct {
		name  string
		edits []finding.Edit
		want  string // the file afterwards, "" where nothing is suggested
	}{
		{"none", nil, ""},
		{"one", []finding.Edit{edit(f, "网", "x")}, strings.Replace(text, "网", "x", 1)},
		{"an insertion at the end", []finding.Edit{{File: f, Start: len(text), End: len(text), Text: "\nd: 4"}}, text + "\nd: 4"},
		{"a line taken out", []finding.Edit{edit(f, "b: 2\r\n", "")}, strings.Replace(text, "b: 2\r\n", "", 1)},
		{"several, in any order", []finding.Edit{edit(f, "3", "5"), edit(f, "😀", "🛒"), edit(f, "2", "4\n")}, "\xef\xbb\xbfa: 网 # 🛒\r\nb: 4\n\r\nc: 5"},
		{"in another file", []finding.Edit{edit(f, "2", "3"), edit(other, "2", "3")}, ""},
		{"overlapping", []finding.Edit{edit(f, "b: 2", "3"), edit(f, "2", "3")}, ""},
		{"outside the file", []finding.Edit{{File: f, Start: 0, End: len(text) + 1}}, ""},
		{"too long to be read", []finding.Edit{edit(f, "2", strings.Repeat("\x1b", 20000))}, ""},
	} {
		r := &review.Result{Findings: []finding.Finding{{
			Rule: "r", Severity: finding.Error, File: f, Message: "m", Range: manifest.Range{Start: f.Pos(3), End: f.Pos(4)},
			Fix: &finding.Fix{Description: "d", Edits: tc.edits},
		}}}
		d := diagnostics(t, r)[0]
		if tc.want == "" || len(d.Suggestions) != 1 {
			if tc.want != "" || d.Suggestions != nil {
				t.Errorf("%s: suggestions %+v", tc.name, d.Suggestions)
			}
			continue
		}
		start, end := d.Suggestions[0].Range.bytes(text)
		if got := text[:start] + d.Suggestions[0].Text + text[end:]; got != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
}

// TestRDLongLines: whatever a manifest holds, reviewdog can read each line,
// and the finding is in it.
func TestRDLongLines(t *testing.T) {
	f := parse(t, "a.yaml", "a: b\n")
	for _, n := range []int{1000, 9000, 50000, 1 << 20} {
		text := strings.Repeat("\x01", n)
		r := &review.Result{Findings: []finding.Finding{{
			Rule: "r" + text, Severity: finding.Error, File: &manifest.File{Name: "x" + text}, Message: "m" + text,
			Related: []finding.Related{{File: f, Message: text, Range: at(t, f, "b")}},
		}}}
		d := diagnostics(t, r)
		if len(d) != 1 || d[0].Message[0] != 'm' || d[0].Location.Path[0] != 'x' || d[0].Code.Value[0] != 'r' {
			t.Errorf("%d characters: %+v", n, d)
		}
	}
}
