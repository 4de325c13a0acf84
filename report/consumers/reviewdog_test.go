// Package consumers has the programs that read rollcast's reports read the
// goldens of package report. .ci/formats runs it, and the readers that are no
// Go libraries.
package consumers

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reviewdog/reviewdog/parser"
	"github.com/reviewdog/reviewdog/proto/rdf"
	"google.golang.org/protobuf/encoding/protojson"
)

const goldens = "../../testdata/report"

// A finding is what rollcast's own JSON says of one.
type finding struct {
	Rule, Severity, Message, File string
	Line                          int
	Related                       []struct{ Message string }
	Status                        string
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(goldens, name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func findings(t *testing.T, name string) []finding {
	t.Helper()
	var report struct{ Findings []finding }
	if err := json.Unmarshal(read(t, name+".json"), &report); err != nil {
		t.Fatal(err)
	}
	return report.Findings
}

// shown writes what acts on a terminal as formats for people write it.
var shown = strings.NewReplacer("\x1b", `\x1b`, "\u202e", `\u202e`)

// TestReviewdog: reviewdog reads the same findings from each of the three
// formats that it knows.
func TestReviewdog(t *testing.T) {
	for _, name := range []string{"lint-empty", "lint-nasty", "review-refused"} {
		want := findings(t, name)
		for format, golden := range map[string]string{"rdjsonl": "rdjsonl", "sarif": "sarif", "checkstyle": "checkstyle.xml"} {
			p, err := parser.New(&parser.Option{FormatName: format})
			if err != nil {
				t.Fatal(err)
			}
			got, err := p.Parse(bytes.NewReader(read(t, name+"."+golden)))
			if err != nil || len(got) != len(want) {
				t.Errorf("%s: %d of %d findings in %s: %v", name, len(got), len(want), format, err)
				continue
			}
			for i, d := range got {
				f, message := want[i], want[i].Message
				if format == "checkstyle" {
					f.Rule, message = "rollcast."+f.Rule, shown.Replace(message)
				}
				place := d.GetLocation()
				if d.GetCode().GetValue() != f.Rule || !strings.EqualFold(d.GetSeverity().String(), f.Severity) ||
					!strings.HasPrefix(d.GetMessage(), message) || place.GetPath() != f.File || int(place.GetRange().GetStart().GetLine()) != f.Line {
					t.Errorf("%s: %s reads %v, want %+v", name, format, d, f)
				}
				if format != "checkstyle" && len(d.GetRelatedLocations()) != len(f.Related) {
					t.Errorf("%s: %s reads %d related places of %d", name, format, len(d.GetRelatedLocations()), len(f.Related))
				}
			}
		}
	}
}

// TestReviewdogKeys: reviewdog ignores keys it does not know, so nothing but a
// strict reader tells a misspelt one.
func TestReviewdogKeys(t *testing.T) {
	for _, name := range []string{"lint-nasty", "review-decided", "review-refused"} {
		for line := range bytes.Lines(read(t, name+".rdjsonl")) {
			if err := protojson.Unmarshal(line, new(rdf.Diagnostic)); err != nil {
				t.Errorf("%s: %v in %s", name, err, line)
			}
		}
	}
	if err := protojson.Unmarshal([]byte(`{"mesage": "m"}`), new(rdf.Diagnostic)); err == nil {
		t.Error("a misspelt key went unnoticed")
	}
}

// TestReviewdogSuppressed: what a user ignores does not come up in a review.
func TestReviewdogSuppressed(t *testing.T) {
	p, err := parser.New(&parser.Option{FormatName: "sarif"})
	if err != nil {
		t.Fatal(err)
	}
	golden := read(t, "review-decided.sarif")
	got, err := p.Parse(bytes.NewReader(golden))
	if all := bytes.Count(golden, []byte(`"ruleIndex"`)); err != nil || len(got) != 5 || all != 7 {
		t.Errorf("%d of %d results: %v, want 5 of 7", len(got), all, err)
	}
}
