package report_test

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/report"
	"github.com/rollcast/rollcast/review"
	"github.com/rollcast/rollcast/rules"
)

// A sarifLog is what code scanning reads of a file.
type sarifLog struct {
	Schema  string `json:"$schema"`
	Version string
	Runs    []struct {
		Tool struct {
			Driver struct {
				Name  string
				Rules []struct {
					ID               string
					ShortDescription struct{ Text string }
					FullDescription  struct{ Text string }
					Help             struct{ Text, Markdown string }
					Properties       struct {
						Tags      []string
						Precision string
						Problem   string `json:"problem.severity"`
					}
				}
			}
		}
		AutomationDetails struct{ ID string }
		Invocations       []struct {
			ToolExecutionNotifications []struct{ Message struct{ Text string } }
		}
		Results []struct {
			RuleID    string
			RuleIndex int
			Level     string
			Message   struct{ Text string }
			Locations []struct {
				PhysicalLocation struct {
					ArtifactLocation struct{ URI string }
					Region           struct{ StartLine, StartColumn, EndLine, EndColumn int }
				}
			}
			PartialFingerprints map[string]string
		}
	}
}

func readSARIF(t *testing.T, view report.View, r *review.Result, o report.Options) sarifLog {
	t.Helper()
	var log sarifLog
	if err := json.Unmarshal(render(t, "sarif", view, r, o), &log); err != nil {
		t.Fatal(err)
	}
	if len(log.Runs) != 1 {
		t.Fatalf("%d runs", len(log.Runs))
	}
	return log
}

// TestSARIFResults: each result finds its rule, its file and the very text.
func TestSARIFResults(t *testing.T) {
	r := nastyFindings(t)
	run := readSARIF(t, report.Lint, r, report.Options{}).Runs[0]
	if len(run.Results) != len(r.Findings) {
		t.Fatalf("%d results of %d findings", len(run.Results), len(r.Findings))
	}
	for i, got := range run.Results {
		want := &r.Findings[i]
		if got.RuleID != want.Rule || run.Tool.Driver.Rules[got.RuleIndex].ID != want.Rule {
			t.Errorf("result %d: rule %s at %d", i, got.RuleID, got.RuleIndex)
		}
		if !strings.HasPrefix(got.Message.Text, want.Message) {
			t.Errorf("result %d: message %q", i, got.Message.Text)
		}
		place := got.Locations[0].PhysicalLocation
		name, err := url.PathUnescape(place.ArtifactLocation.URI)
		if err != nil || name != want.File.Name {
			t.Errorf("result %d: %s is %q, %v", i, place.ArtifactLocation.URI, name, err)
		}
		if u, err := url.Parse(place.ArtifactLocation.URI); err != nil || u.Scheme != "" || u.IsAbs() {
			t.Errorf("result %d: %s is no relative URI: %v", i, place.ArtifactLocation.URI, err)
		}
		if want.File.Data == nil {
			continue
		}
		line := utf16.Encode([]rune(want.File.Line(place.Region.StartLine)))
		text := string(utf16.Decode(line[place.Region.StartColumn-1 : place.Region.EndColumn-1]))
		if text != want.File.Text(want.Range) {
			t.Errorf("result %d: the region holds %q, want %q", i, text, want.File.Text(want.Range))
		}
		if got.PartialFingerprints["primaryLocationLineHash"] == "" || got.PartialFingerprints["rollcast/v1"] != want.Fingerprint() {
			t.Errorf("result %d: fingerprints %v", i, got.PartialFingerprints)
		}
	}
}

// TestSARIFColumns: columns count UTF-16 units, forwards and backwards, and a
// region ends with its first line.
func TestSARIFColumns(t *testing.T) {
	f := parse(t, "a.yaml", "\xef\xbb\xbfkey: 😀 x 😀z\r\nnext: 1 \r\nlast: 2\n")
	for _, tc := range []struct {
		start, end             string // the range is from one to the other
		startColumn, endColumn int
	}{
		{"key", ":", 1, 4},
		{"x", "z", 9, 13},
		{"😀", " x", 6, 8},
		{"z", "next", 13, 14},
		{"next", "last", 1, 8},
	} {
		at := manifest.Range{Start: at(t, f, tc.start).Start, End: at(t, f, tc.end).Start}
		r := &review.Result{Findings: []finding.Finding{
			{Rule: "r", Severity: finding.Error, File: f, Range: manifest.Range{Start: f.Pos(25), End: f.Pos(25)}},
			{Rule: "r", Severity: finding.Error, File: f, Range: at},
		}}
		got := readSARIF(t, report.Lint, r, report.Options{}).Runs[0].Results[1].Locations[0].PhysicalLocation.Region
		if got.StartLine != got.EndLine || got.StartLine != at.Start.Line || got.StartColumn != tc.startColumn || got.EndColumn != tc.endColumn {
			t.Errorf("%q to %q: %+v, want columns %d to %d of one line", tc.start, tc.end, got, tc.startColumn, tc.endColumn)
		}
	}
}

// TestSARIFLimits: code scanning refuses more than 25,000 results, so the
// gravest 5,000 stay, in their order, and a notification says so.
func TestSARIFLimits(t *testing.T) {
	for _, tc := range []struct{ findings, suppressed, want, errors int }{
		{25000, 0, 25000, 8333},
		{24999, 1, 25000, 8333},
		{25000, 1, 25000, 8333},
		{25001, 0, 5000, 5000},
		{26000, 9, 5000, 5000},
	} {
		r := many(t, tc.findings)
		r.Suppressed = many(t, tc.suppressed).Findings
		for i := range r.Suppressed {
			r.Suppressed[i].Suppression = &finding.Suppression{}
		}
		run := readSARIF(t, report.Lint, r, report.Options{}).Runs[0]
		errors := 0
		last := ""
		for _, result := range run.Results[:min(tc.want, tc.findings)] {
			if result.Level == "error" {
				errors++
			}
			uri := result.Locations[0].PhysicalLocation.ArtifactLocation.URI
			if uri < last {
				t.Fatalf("%s comes after %s", uri, last)
			}
			last = uri
		}
		if len(run.Results) != tc.want || errors != tc.errors {
			t.Errorf("%d findings: %d results with %d errors, want %d with %d", tc.findings, len(run.Results), errors, tc.want, tc.errors)
		}
		said := len(run.Invocations[0].ToolExecutionNotifications) > 0
		if cut := tc.findings+tc.suppressed > tc.want; said != cut {
			t.Errorf("%d findings: a note %v, want %v", tc.findings, said, cut)
		}
	}
}

// TestSARIFRules: every rule folder and fixed rule has the texts that code
// scanning wants, within its limits, and the help is the rule's own page.
func TestSARIFRules(t *testing.T) {
	f := parse(t, "a.yaml", "a: b\n")
	r := &review.Result{}
	for _, id := range review.RuleIDs() {
		r.Findings = append(r.Findings, finding.Finding{Rule: id, Severity: finding.Warning, File: f, Range: at(t, f, "b")})
	}
	driver := readSARIF(t, report.Lint, r, report.Options{}).Runs[0].Tool.Driver
	if len(driver.Rules) != len(r.Findings) {
		t.Errorf("%d rules, want %d", len(driver.Rules), len(r.Findings))
	}
	for _, rule := range driver.Rules {
		for what, text := range map[string]string{"title": rule.ShortDescription.Text, "summary": rule.FullDescription.Text} {
			if n := len([]rune(text)); n == 0 || n > 1024 {
				t.Errorf("%s: the %s has %d characters", rule.ID, what, n)
			}
		}
		if rule.Help.Text == "" || !strings.HasPrefix(rule.Help.Markdown, "# "+rule.ID+"\n") {
			t.Errorf("%s: help %q", rule.ID, rule.Help.Markdown)
		}
		if shipped, ok := rules.Find(rule.ID); ok {
			if page, err := rules.Page(shipped); err != nil || rule.Help.Markdown != page {
				t.Errorf("%s: the help is not the rule's page: %v", rule.ID, err)
			}
		}
		p := rule.Properties
		if len(p.Tags) == 0 || len(p.Tags) > 20 || slices.Contains(p.Tags, "") ||
			!slices.Contains([]string{"very-high", "high", "medium", "low"}, p.Precision) ||
			!slices.Contains([]string{"error", "warning", "recommendation"}, p.Problem) {
			t.Errorf("%s: properties %+v", rule.ID, p)
		}
	}
}

// TestSARIFCategory: the files of two commands may be uploaded for one commit.
func TestSARIFCategory(t *testing.T) {
	r := &review.Result{}
	for _, tc := range []struct {
		view     report.View
		category string
		want     string
	}{{report.Lint, "", "rollcast/lint/"}, {report.Review, "", "rollcast/review/"}, {report.Review, "prod", "rollcast/prod/"}} {
		if got := readSARIF(t, tc.view, r, report.Options{Category: tc.category}).Runs[0].AutomationDetails.ID; got != tc.want {
			t.Errorf("%s %q: %s, want %s", tc.view, tc.category, got, tc.want)
		}
	}
	if out := render(t, "sarif", report.Lint, r, report.Options{Version: "v1.2.3"}); !bytes.Contains(out, []byte(`"version": "v1.2.3"`)) || !bytes.Contains(out, []byte(`"results": []`)) {
		t.Errorf("no version, or no empty list of results: %s", out)
	}
}
