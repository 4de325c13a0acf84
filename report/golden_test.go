package report_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/mattn/go-runewidth"
	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/report"
	"github.com/rollcast/rollcast/review"
)

const goldens = "../testdata/report"

// golden compares output with a file; UPDATE=1 writes it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join(goldens, name)
	if os.Getenv("UPDATE") == "1" {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v (UPDATE=1 writes it)", err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got; UPDATE=1 rewrites):\n%s", name, diff)
	}
}

func render(t *testing.T, format string, view report.View, r *review.Result, o report.Options) []byte {
	t.Helper()
	printer, err := report.New(format, view)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := printer(&b, r, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// screens are the options under which every result is shown.
var screens = []struct {
	name string
	o    report.Options
}{
	{"60", report.Options{Width: 60}},
	{"80", report.Options{Width: 80}},
	{"200", report.Options{Width: 200}},
	{"pipe", report.Options{}},
	{"color", report.Options{Width: 100, Color: true}},
	{"quiet", report.Options{Quiet: true}},
	{"verbose", report.Options{Verbose: true, Width: 120}},
}

func TestText(t *testing.T) {
	for name, c := range cases(t) {
		for _, s := range screens {
			if strings.HasSuffix(name, "-shop") && s.name != "80" && s.name != "color" {
				continue // its words are the rules' and the planner's: two looks are enough
			}
			t.Run(name+"/"+s.name, func(t *testing.T) {
				golden(t, name+"."+s.name+".txt", render(t, "text", c.view, c.result, s.o))
			})
		}
	}
}

func TestJSON(t *testing.T) {
	for name, c := range cases(t) {
		t.Run(name, func(t *testing.T) {
			got := render(t, "json", c.view, c.result, report.Options{Color: true, Width: 20, Quiet: true})
			golden(t, name+".json", got)
			if bytes.Contains(got, []byte("null")) {
				t.Error("a list or an absent key became null")
			}
		})
	}
}

var sgr = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// TestColorOnlyPaints: with its colours taken away, coloured text is the plain
// text, and every colour is reset before its line ends.
func TestColorOnlyPaints(t *testing.T) {
	for name, c := range cases(t) {
		for _, width := range []int{0, 60, 100} {
			plain := render(t, "text", c.view, c.result, report.Options{Width: width})
			painted := render(t, "text", c.view, c.result, report.Options{Width: width, Color: true})
			if diff := cmp.Diff(string(plain), sgr.ReplaceAllString(string(painted), "")); diff != "" {
				t.Errorf("%s, width %d (-plain +painted without colour):\n%s", name, width, diff)
			}
			for line := range strings.Lines(string(painted)) {
				codes := sgr.FindAllString(line, -1)
				if n := len(codes); n > 0 && codes[n-1] != "\x1b[0m" {
					t.Errorf("%s: colour runs past the end of %q", name, line)
				}
			}
		}
	}
}

// TestNothingActsOnTheTerminal: whatever a manifest holds, only line breaks
// and our own colours reach the screen.
func TestNothingActsOnTheTerminal(t *testing.T) {
	for name, c := range cases(t) {
		for _, color := range []bool{false, true} {
			text := sgr.ReplaceAllString(string(render(t, "text", c.view, c.result, report.Options{Color: color, Verbose: true})), "")
			for _, r := range text {
				if r != '\n' && (unicode.IsControl(r) || r == '\u202e' || r == '\u2028' || r == '\u00a0') {
					t.Errorf("%s: %U reaches the terminal", name, r)
				}
			}
		}
	}
}

// tooWide are the lines that may leave the screen: a command that is copied in
// one piece, and what holds a word wider than the line, such as a file's name.
func tooWide(line string, width int) bool {
	if strings.Contains(line, "kubectl ") {
		return false
	}
	for _, word := range strings.Fields(line) {
		if runewidth.StringWidth(word) > width-20 {
			return false
		}
	}
	return runewidth.StringWidth(strings.TrimSuffix(line, "\n")) > width
}

func TestFitsTheScreen(t *testing.T) {
	for name, c := range cases(t) {
		for _, width := range []int{60, 80, 100, 120, 200} {
			for line := range strings.Lines(string(render(t, "text", c.view, c.result, report.Options{Width: width}))) {
				if tooWide(line, width) {
					t.Errorf("%s: %d columns on a screen of %d: %q", name, runewidth.StringWidth(line), width, line)
				}
			}
		}
	}
}

func TestFirstLine(t *testing.T) {
	for name, c := range cases(t) {
		for _, s := range screens {
			first, _, _ := strings.Cut(string(render(t, "text", c.view, c.result, s.o)), "\n")
			first = sgr.ReplaceAllString(first, "")
			if !strings.Contains(first, "judged as Kubernetes 1.36") || !regexp.MustCompile(`not analysed: \d+ files?`).MatchString(first) {
				t.Errorf("%s/%s: the first line is %q", name, s.name, first)
			}
		}
	}
}

func TestNew(t *testing.T) {
	for _, tc := range []struct {
		format string
		view   report.View
		want   string
	}{
		{"yaml", report.Lint, `unknown format "yaml": choose ` + strings.Join(report.Formats(report.Lint), ", ")},
		{"", report.Plan, `unknown format "": choose text, json, markdown`},
		{"text", "graph", `unknown view "graph": choose lint, plan or review`},
	} {
		if _, err := report.New(tc.format, tc.view); err == nil || err.Error() != tc.want {
			t.Errorf("New(%q, %q): %v, want %s", tc.format, tc.view, err, tc.want)
		}
	}
	for _, view := range []report.View{report.Lint, report.Plan, report.Review} {
		for _, f := range report.Formats(view) {
			if _, err := report.New(f, view); err != nil {
				t.Errorf("Formats(%s) lists %s: %v", view, f, err)
			}
		}
	}
}

// TestSharedBudget: where several workloads share a budget, every line speaks
// of this one's part, and says where it comes from.
func TestSharedBudget(t *testing.T) {
	rp := rollingUpdate(t)
	b := &rp.Budgets[0]
	b.Workloads, b.All, b.Others = 3, 30, 20
	for _, tc := range []struct {
		wants int64 // of 30, in which this workload's 10 go down to 8
		want  []string
	}{
		{29, []string{"1 fewer than PDB web-pdb asks for here (minAvailable: 90%: 29 of the 30 pods that 3 workloads want together)", "PDB web-pdb asks for 9 here"}},
		{25, []string{"PDB web-pdb asks for 5 here (minAvailable: 90%: 25 of the 30 pods that 3 workloads want together)"}},
		{15, []string{"PDB web-pdb asks for 0 here"}},
	} {
		b.MinReady = tc.wants
		text := string(render(t, "text", report.Plan, plans(t, rp), report.Options{}))
		for _, want := range tc.want {
			if !strings.Contains(text, want) {
				t.Errorf("budget of %d: no %q in\n%s", tc.wants, want, text)
			}
		}
	}
	b.MinReady = 25
	text := string(render(t, "text", report.Review, plans(t, rp), report.Options{}))
	if want := "PDB web-pdb asks for 5 here, 25 of the 30 pods that 3 workloads want together"; !strings.Contains(text, want) {
		t.Errorf("no %q in\n%s", want, text)
	}
}

// TestHazardsInReview: a reviewer sees what the simulation met, each danger
// once: not where a finding, the strategy or the lowest number tells it.
func TestHazardsInReview(t *testing.T) {
	rp := rollingUpdate(t)
	rp.Budgets = nil
	rp.Plan.Hazards = []planner.Hazard{
		{Hazard: planner.HazardOverflow, Field: "spec.replicas", Message: "32 bits overflow"},
		{Hazard: planner.HazardProgressDeadline, Field: "spec.progressDeadlineSeconds", Message: "one leg takes too long"},
		{Hazard: planner.HazardPercentRoundsToZero, Field: "spec.strategy.rollingUpdate.maxUnavailable", Message: "rounds to zero"},
	}
	r := plans(t, rp)
	r.Findings = []finding.Finding{{Rule: "some-rule", Severity: finding.Warning, File: rp.Document.File, Document: rp.Document, Path: manifest.Keys("spec", "progressDeadlineSeconds"), Message: "the deadline is short"},
		{Rule: "rollout-stalls", Severity: finding.Error, File: rp.Document.File, Document: rp.Document, Path: manifest.Keys("spec", "replicas"), Message: "the rollout stops"}}
	text := string(render(t, "text", report.Review, r, report.Options{}))
	if want := "hazards  step 0: 32 bits overflow (spec.replicas)"; !strings.Contains(text, want) {
		t.Errorf("no %q in\n%s", want, text)
	}
	for _, other := range []string{"one leg", "rounds to zero"} {
		if strings.Contains(text, other) {
			t.Errorf("%q in\n%s", other, text)
		}
	}
}
