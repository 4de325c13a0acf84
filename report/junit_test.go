package report_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rollcast/rollcast/report"
	"github.com/rollcast/rollcast/review"
)

// A junitReport is what CI systems read of a report. Elements and attributes
// that their schema does not know are caught by .ci/formats, with xmllint.
type junitReport struct {
	Tests    int `xml:"tests,attr"`
	Failures int `xml:"failures,attr"`
	Suites   []struct {
		Name     string `xml:"name,attr"`
		Tests    int    `xml:"tests,attr"`
		Failures int    `xml:"failures,attr"`
		Skipped  int    `xml:"skipped,attr"`
		Cases    []struct {
			Name      string  `xml:"name,attr"`
			ClassName string  `xml:"classname,attr"`
			Skipped   *string `xml:"skipped"`
			Failure   *struct {
				Message string `xml:"message,attr"`
				Type    string `xml:"type,attr"`
				Text    string `xml:",chardata"`
			} `xml:"failure"`
			Output string `xml:"system-out"`
		} `xml:"testcase"`
	} `xml:"testsuite"`
}

func readJUnit(t *testing.T, r *review.Result) junitReport {
	t.Helper()
	var out junitReport
	readXML(t, render(t, "junit", report.Review, r, report.Options{}), &out)
	return out
}

// readXML decodes the one document that data is.
func readXML(t *testing.T, data []byte, v any) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data))
	if err := d.Decode(v); err != nil {
		t.Fatal(err)
	}
	if rest, err := d.Token(); err != nil && err != io.EOF {
		t.Fatalf("after the document: %v %v", rest, err)
	}
}

// TestJUnit: numbers add up, no two tests have one name, and every finding is
// in the test of its object.
func TestJUnit(t *testing.T) {
	for name, r := range map[string]*review.Result{"nasty": nastyFindings(t), "refused": refused(t), "decided": decided(t), "shop": shopResult(t), "many": many(t, 2500), "empty": {}} {
		got := readJUnit(t, r)
		tests, failures := 0, 0
		var all strings.Builder
		for _, s := range got.Suites {
			seen := map[string]bool{}
			failed, skipped := 0, 0
			for _, c := range s.Cases {
				if seen[c.Name] || c.ClassName != s.Name {
					t.Errorf("%s: test %q of %s is there twice, or of class %s", name, c.Name, s.Name, c.ClassName)
				}
				seen[c.Name] = true
				if c.Failure != nil {
					failed++
					fmt.Fprintln(&all, c.Failure.Text)
				}
				if c.Skipped != nil {
					skipped++
				}
				fmt.Fprintln(&all, c.Output)
			}
			if s.Tests != len(s.Cases) || s.Failures != failed || s.Skipped != skipped {
				t.Errorf("%s: %s counts %d tests, %d failures, %d skipped", name, s.Name, s.Tests, s.Failures, s.Skipped)
			}
			tests += s.Tests
			failures += s.Failures
		}
		if got.Tests != tests || got.Failures != failures {
			t.Errorf("%s: counts %d tests and %d failures, has %d and %d", name, got.Tests, got.Failures, tests, failures)
		}
		for i := range r.Findings {
			f := &r.Findings[i]
			line := fmt.Sprintf("%d:%d: %s: %s", f.Range.Start.Line, f.Range.Start.Column, f.Severity, shown.Replace(f.Message))
			if f.Status != "fixed" && !strings.Contains(all.String(), line) {
				t.Errorf("%s: no %q", name, line)
			}
		}
	}
}

// TestJUnitShop: each object of the demo has its two tests.
func TestJUnitShop(t *testing.T) {
	r := shopResult(t)
	if got := readJUnit(t, r).Tests; got != 2*r.Summary.Documents || got == 0 {
		t.Errorf("%d tests of %d documents", got, r.Summary.Documents)
	}
}

// TestJUnitOutcomes: what fails, what is skipped and what passes.
func TestJUnitOutcomes(t *testing.T) {
	r := decided(t)
	r.Findings = r.Findings[:1] // the first object's name is refused
	r.Suppressed = r.Suppressed[1:]
	r.Suppressed[0].Suppression.InSource, r.Suppressed[0].Suppression.Reason = true, "so it is"
	var got []string
	for _, c := range readJUnit(t, r).Suites[0].Cases {
		outcome := "passed"
		switch {
		case c.Failure != nil:
			outcome = "failed: " + c.Failure.Type
		case c.Skipped != nil:
			outcome = "skipped: " + *c.Skipped
		}
		got = append(got, c.Name+" "+outcome)
	}
	want := []string{
		"Service web: schema failed: error",
		"Service web: rules skipped: the API server would reject the object, so not every rule could judge it",
		"Service web #2: schema passed",
		"Service web #2: rules skipped: 9:9: this one is  [house/name] is ignored: so it is",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
