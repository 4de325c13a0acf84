package report_test

import (
	"encoding/xml"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/report"
	"github.com/rollcast/rollcast/review"
)

// TestCheckstyle: every finding is there once, in its file, with its text.
func TestCheckstyle(t *testing.T) {
	for name, r := range map[string]*review.Result{"nasty": nastyFindings(t), "refused": refused(t), "many": many(t, 2500), "empty": {}} {
		var got struct {
			XMLName xml.Name `xml:"checkstyle"`
			Version string   `xml:"version,attr"`
			Files   []struct {
				Name   string `xml:"name,attr"`
				Errors []struct {
					Line     int    `xml:"line,attr"`
					Column   int    `xml:"column,attr"`
					Severity string `xml:"severity,attr"`
					Message  string `xml:"message,attr"`
					Source   string `xml:"source,attr"`
				} `xml:"error"`
			} `xml:"file"`
		}
		readXML(t, render(t, "checkstyle", report.Lint, r, report.Options{}), &got)
		if got.Version == "" {
			t.Errorf("%s: no version", name)
		}
		i := 0
		for _, file := range got.Files {
			for _, e := range file.Errors {
				f := &r.Findings[i]
				i++
				if file.Name != f.File.Name || e.Line != f.Range.Start.Line || e.Column != f.Range.Start.Column ||
					e.Severity != f.Severity.String() || e.Source != "rollcast."+f.Rule || !strings.HasPrefix(e.Message, shown.Replace(f.Message)) {
					t.Errorf("%s: %+v in %s is not %s %q", name, e, file.Name, f.Rule, f.Message)
				}
			}
		}
		if i != len(r.Findings) {
			t.Errorf("%s: %d errors of %d findings", name, i, len(r.Findings))
		}
	}
}
