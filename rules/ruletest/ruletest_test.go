package ruletest

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
)

func TestWants(t *testing.T) {
	wants, err := Wants([]byte("a: 1\nb: 2 # want \"one\" `two \"quoted\"`\n\n# want \"three\"\nc: want\n"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, w := range wants {
		got = append(got, strings.Repeat("+", w.Line)+w.Message.String())
	}
	if diff := cmp.Diff([]string{"++one", `++two "quoted"`, "++++three"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for text, want := range map[string]string{
		"a: 1 # want one":       "line 1: want needs quoted expressions: one",
		"\na: 1 # want \"(\"":   "line 2: error parsing regexp",
		"a: 1 # want \"one\" x": "line 1: want needs quoted expressions: x",
	} {
		if _, err := Wants([]byte(text)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestCompare shows that an expectation can fail in either direction.
func TestCompare(t *testing.T) {
	file := &manifest.File{Name: "bad.yaml"}
	at := func(line int, message string) finding.Finding {
		return finding.Finding{Rule: "r", Severity: finding.Info, Message: message, File: file, Range: manifest.Range{Start: manifest.Pos{Line: line, Column: 3}}}
	}
	wants, err := Wants([]byte("a: 1 # want \"one\" \"one\"\nb: 2 # want \"two\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name     string
		findings []finding.Finding
		want     []string
	}{
		{"all", []finding.Finding{at(1, "one"), at(1, "one again"), at(2, "two")}, nil},
		{"one missing", []finding.Finding{at(1, "one"), at(2, "two")}, []string{`line 1: nothing says "one"`}},
		{"wrong line", []finding.Finding{at(1, "one"), at(1, "one"), at(3, "two")}, []string{"unexpected bad.yaml:3:3: info: two [r]", `line 2: nothing says "two"`}},
		{"wrong text", []finding.Finding{at(1, "one"), at(1, "one"), at(2, "three")}, []string{"unexpected bad.yaml:2:3: info: three [r]", `line 2: nothing says "two"`}},
		{"too many", []finding.Finding{at(1, "one"), at(1, "one"), at(2, "two"), at(2, "two")}, []string{"unexpected bad.yaml:2:3: info: two [r]"}},
	} {
		if diff := cmp.Diff(tc.want, Compare(wants, tc.findings)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, diff)
		}
	}
}
