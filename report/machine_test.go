package report_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/report"
	"github.com/rollcast/rollcast/review"
)

// machineFormats are those that programs read, with the ending of their
// goldens.
var machineFormats = map[string]string{
	"sarif":      "sarif",
	"github":     "github.txt",
	"gitlab":     "gitlab.json",
	"junit":      "junit.xml",
	"checkstyle": "checkstyle.xml",
	"rdjsonl":    "rdjsonl",
}

// TestMachineFormats shows the same results in each format that a program
// reads.
func TestMachineFormats(t *testing.T) {
	all := cases(t)
	for name, c := range map[string]testCase{
		"lint-empty":     all["lint-empty"],
		"lint-nasty":     all["lint-nasty"],
		"review-refused": all["review-refused"],
		"review-decided": {report.Review, decided(t)},
	} {
		for format, ending := range machineFormats {
			t.Run(name+"/"+format, func(t *testing.T) {
				golden(t, name+"."+ending, render(t, format, c.view, c.result, report.Options{Color: true, Width: 20, Quiet: true}))
			})
		}
	}
}

// decided is a review whose findings have been compared with a base, and some
// hidden by their users.
func decided(t *testing.T) *review.Result {
	f := parse(t, "web.yaml", "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: web # again\nspec: &spec\n  ports: []\n  selector:\n    app: web\n")
	base := parse(t, "web.yaml", "apiVersion: v1\nkind: Service\nmetadata:\n  name: old\n")
	first, second := f.Documents[0], f.Documents[1]
	mk := func(rule string, s finding.Severity, d *manifest.Document, path manifest.Path, status finding.Status) finding.Finding {
		return finding.Finding{Rule: rule, Severity: s, File: d.File, Document: d, Set: ".", Path: path, Range: d.Range(path), Message: "this one is " + string(status), Status: status}
	}
	name := manifest.Keys("metadata", "name")
	r := &review.Result{
		KubernetesVersion: "1.36",
		Summary:           review.Summary{Files: 1, Documents: 2, Errors: 2, Warnings: 2, Infos: 1, Suppressed: 2},
		Findings: []finding.Finding{
			mk("schema/value", finding.Error, first, name, finding.Unchanged),
			mk("house/name", finding.Error, first, name, finding.New),
			mk("house/old", finding.Error, base.Documents[0], name, finding.Fixed),
			mk("house/name", finding.Warning, second, name, finding.Unchanged),
			mk("house/name", finding.Warning, second, name, finding.New),
			mk("schema/ignored-field", finding.Info, second, manifest.Keys("spec"), finding.New),
		},
		Documents: []*manifest.Document{first, second},
		Failures:  []error{fmt.Errorf("rule slow-rule ran for more than 5 s")},
	}
	r.Suppressed = []finding.Finding{mk("house/hidden", finding.Warning, first, name, ""), mk("house/name", finding.Error, second, name, "")}
	r.Suppressed[0].Suppression = &finding.Suppression{InSource: true, Reason: "it <is> right & good"}
	r.Suppressed[1].Suppression = &finding.Suppression{}
	return r
}

// many is a result with n findings, every third an error, in files of at most
// 1000 lines.
func many(t *testing.T, n int) *review.Result {
	t.Helper()
	r := &review.Result{KubernetesVersion: "1.36"}
	severities := []finding.Severity{finding.Info, finding.Warning, finding.Error}
	var f *manifest.File
	for i := range n {
		if i%1000 == 0 {
			f = parse(t, fmt.Sprintf("%03d.yaml", i/1000), strings.Repeat("a: b\n", 1000))
		}
		r.Findings = append(r.Findings, finding.Finding{
			Rule: fmt.Sprintf("house/rule-%d", i%50), Severity: severities[i%3], File: f, Message: fmt.Sprintf("message %d", i),
			Range: manifest.Range{Start: f.Pos(i % 1000 * 5), End: f.Pos(i%1000*5 + 1)},
		})
	}
	return r
}

// TestEveryRuleIsDescribed: each format has words for every rule and severity
// that a result may hold.
func TestEveryRuleIsDescribed(t *testing.T) {
	f := parse(t, "a.yaml", "a: b\n")
	for _, rule := range append(review.RuleIDs(), "house/mine", "my-own-rule") {
		for _, s := range []finding.Severity{finding.Info, finding.Warning, finding.Error} {
			r := &review.Result{KubernetesVersion: "1.36", Findings: []finding.Finding{{Rule: rule, Severity: s, File: f, Message: "m", Range: at(t, f, "b")}}}
			for format := range machineFormats {
				if out := render(t, format, report.Lint, r, report.Options{}); !strings.Contains(string(out), "a.yaml") {
					t.Errorf("%s of %s does not name the file: %s", format, rule, out)
				}
			}
		}
	}
}

// TestMachineFormatsAreListed: what a program reads is offered for lint and
// review, and for no plan.
func TestMachineFormatsAreListed(t *testing.T) {
	for format := range machineFormats {
		if !slices.Contains(report.Formats(report.Review), format) {
			t.Errorf("review does not know %s", format)
		}
		if !slices.Contains(report.Formats(report.Lint), format) {
			t.Errorf("lint does not know %s", format)
		}
		if _, err := report.New(format, report.Plan); err == nil {
			t.Errorf("plan knows %s", format)
		}
	}
}
