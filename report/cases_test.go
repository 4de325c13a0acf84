package report_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/internal/source"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/report"
	"github.com/rollcast/rollcast/review"
	"github.com/rollcast/rollcast/workload"
)

// A testCase is one result in one view.
type testCase struct {
	view   report.View
	result *review.Result
}

// cases are all results that the tests show, by the name of their goldens.
func cases(t *testing.T) map[string]testCase {
	t.Helper()
	shop := shopResult(t)
	return map[string]testCase{
		"lint-empty":     {report.Lint, &review.Result{KubernetesVersion: "1.36", Summary: review.Summary{Files: 3, Documents: 7}}},
		"lint-nasty":     {report.Lint, nastyFindings(t)},
		"lint-shop":      {report.Lint, shop},
		"plan-empty":     {report.Plan, &review.Result{KubernetesVersion: "1.36", Summary: review.Summary{Files: 1, Documents: 1}}},
		"plan-shop":      {report.Plan, shop},
		"plan-rolling":   {report.Plan, plans(t, rollingUpdate(t))},
		"plan-long":      {report.Plan, plans(t, review.Plan{Document: deployment(t, "", "web"), Plan: load(t, "long")})},
		"plan-undo":      {report.Plan, plans(t, review.Plan{Document: deployment(t, "", "web"), Plan: load(t, "undo")})},
		"plan-odd":       {report.Plan, oddPlans(t)},
		"review-shop":    {report.Review, shop},
		"review-empty":   {report.Review, &review.Result{KubernetesVersion: "1.36", Verdict: review.VerdictSafe}},
		"review-refused": {report.Review, refused(t)},
		"review-because": {report.Review, change(t)},
	}
}

var runShop = sync.OnceValues(func() (*review.Result, error) {
	src, err := source.Load(context.Background(), source.Options{Paths: []string{"../testdata/shop"}})
	if err != nil {
		return nil, err
	}
	r, err := review.Run(context.Background(), review.Input{Files: src.Files}, review.Options{})
	if err != nil {
		return nil, err
	}
	for _, f := range src.Files {
		f.Name = strings.TrimPrefix(f.Name, "../")
	}
	r.Judge()
	return r, nil
})

// shopResult is the demo, run through the whole pipeline.
func shopResult(t *testing.T) *review.Result {
	t.Helper()
	r, err := runShop()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func parse(t *testing.T, name, text string) *manifest.File {
	t.Helper()
	return manifest.Parse(name, []byte(text), manifest.Options{})
}

// at is the range of a piece of the file's text.
func at(t *testing.T, f *manifest.File, text string) manifest.Range {
	t.Helper()
	i := strings.Index(string(f.Data), text)
	if i < 0 {
		t.Fatalf("%s does not hold %q", f.Name, text)
	}
	return manifest.Range{Start: f.Pos(i), End: f.Pos(i + len(text))}
}

const nasty = "apiVersion: apps/v1\r\n" +
	"kind: Deployment\r\n" +
	"metadata:\r\n" +
	"  name: 网店 # 商店的前端，很重要 🛒\r\n" +
	"  annotations:\r\n" +
	"    \"说明: 一\": { 备注: 'tab\tand, comma', tail: <b>|`x`</b> }\r\n" +
	"    long: " + "0123456789abcdef 0123456789abcdef 0123456789abcdef 0123456789abcdef 0123456789abcdef MARK 0123456789abcdef 0123456789abcdef 0123456789abcdef 0123456789abcdef" + "\r\n" +
	"    family: 👨‍👩‍👧 and 100%\r\n"

// nastyFindings hold every character that a format may trip over.
func nastyFindings(t *testing.T) *review.Result {
	f := parse(t, "商店/网店 (1).yaml", nasty)
	other := parse(t, "other.yaml", "# one\nkind: Service # \x1b[31mred\n")
	long := manifest.Parse("one-line.json", []byte(strings.Repeat(`{"a": 1}, `, 500)+`{"b": 2}`), manifest.Options{})
	var doc *manifest.Document
	if len(f.Documents) > 0 {
		doc = f.Documents[0]
	}
	findings := []finding.Finding{
		{
			Rule: "schema/value", Severity: finding.Error, File: f, Document: doc, Set: ".", Path: manifest.Keys("metadata", "name"), Range: at(t, f, "网店"),
			Message: "name must be a DNS label, not \"网店\": 100% of `it` | <is> wrong, \n really, 😀 \x1b[2J\u202egnp.exe\r]]>&amp; ::error::x *y* _z_ [a](b) @me #1 $1$ \\",
			Related: []finding.Related{
				{File: f, Range: at(t, f, "商店的前端"), Message: "the comment names it, too"},
				{File: other, Range: at(t, other, "Service"), Message: "another object uses it\nhere"},
			},
			Fix: &finding.Fix{Safe: true, Description: "write web", Edits: []finding.Edit{{File: f, Start: 10, End: 12, Text: "a\n<b>&"}}},
		},
		{
			Rule: "schema/unknown-field", Severity: finding.Warning, File: f, Document: doc, Set: ".", Path: manifest.Keys("metadata", "annotations", "说明: 一"), Range: at(t, f, "'tab\tand, comma'"),
			Message: "a tab stands in the middle of it",
			Related: []finding.Related{{File: f, Range: at(t, f, "备注"), Message: "its key, in Chinese: 这里的说明很长很长，需要在窄的屏幕上换行，因为一行放不下这么多的汉字和标点符号"}},
			Fix:     &finding.Fix{Description: "write four spaces in place of the tab, which restarts 3 pods", Edits: nil},
		},
		{Rule: "house/long", Severity: finding.Info, File: f, Document: doc, Set: ".", Path: manifest.Keys("metadata", "annotations", "long"), Range: at(t, f, "MARK"), Message: "far to the right"},
		{Rule: "house/family", Severity: finding.Info, File: f, Document: doc, Set: ".", Range: at(t, f, "👨‍👩‍👧"), Message: "一个没有空格的很长的消息，它必须在窄的屏幕上断开，而且不能把标点符号放在一行的开头，也不能丢掉任何一个字"},
		{Rule: "syntax", Severity: finding.Error, File: long, Range: at(t, long, `"b"`), Message: "the end of one very long line"},
		{Rule: "syntax", Severity: finding.Error, File: &manifest.File{Name: "gone.yaml"}, Range: manifest.Range{Start: manifest.Pos{Line: 1, Column: 1}, End: manifest.Pos{Line: 1, Column: 1}}, Message: "the file is empty"},
	}
	return &review.Result{
		KubernetesVersion: "1.36",
		Summary:           review.Summary{Files: 12, Documents: 12345, SkippedFiles: 2, SkippedDocuments: 1, WithoutSchema: 1, Errors: 3, Warnings: 1, Infos: 2, Suppressed: 4},
		Findings:          findings,
		Skipped: []review.Skipped{
			{File: "chart/templates/web.yaml", Reason: "template of a Helm chart"},
			{File: "prod/patch.yaml", Line: 7, Reason: "patch that prod/kustomization.yaml names"},
			{File: "x\ny.yaml", Reason: "no Kubernetes object"},
		},
	}
}

// deployment is a document to hang a plan on.
func deployment(t *testing.T, namespace, name string) *manifest.Document {
	t.Helper()
	text := "# a comment first\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: '" + name + "'\n"
	if namespace != "" {
		text += "  namespace: " + namespace + "\n"
	}
	f := parse(t, "deploy.yaml", text)
	if len(f.Documents) != 1 {
		t.Fatalf("%d documents in %q", len(f.Documents), text)
	}
	return f.Documents[0]
}

func plans(t *testing.T, p ...review.Plan) *review.Result {
	return &review.Result{KubernetesVersion: "1.36", Summary: review.Summary{Files: 1, Documents: len(p)}, Plans: p}
}

// load reads a plan as the planner once made it: these tests are about how a
// plan is told, so they do not follow the planner's words.
func load(t *testing.T, name string) *planner.Plan {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(goldens, "plans", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var p planner.Plan
	if err := json.Unmarshal(data, &p); err != nil {
		t.Fatal(err)
	}
	return &p
}

// rollingUpdate is 10 replicas at 30 % and 20 %, under a budget and an
// autoscaler.
func rollingUpdate(t *testing.T) review.Plan {
	ninety := planner.Percent(90)
	return review.Plan{
		Document:    deployment(t, "shop", "web"),
		Plan:        load(t, "rolling"),
		Capacity:    &review.Capacity{AtPeak: review.Resources{CPU: "1300m", Memory: "2600Mi"}, Extra: review.Resources{CPU: "300m", Memory: "600Mi"}},
		Budgets:     []review.Budget{{Budget: &workload.Budget{Document: deployment(t, "shop", "web-pdb"), MinAvailable: &ninety}, MinReady: 9}},
		Autoscalers: []*workload.Autoscaler{{Document: deployment(t, "shop", "web-hpa"), MinReplicas: 10, MaxReplicas: 40}},
	}
}

// oddPlans are those that few ever see: nothing available, a stall, limits
// that both round to 0, a race, a list cut short, no plan at all.
func oddPlans(t *testing.T) *review.Result {
	many := plans(t,
		review.Plan{Document: deployment(t, "batch", "recreate"), Plan: load(t, "recreate")},
		review.Plan{Document: deployment(t, "", "never"), Plan: load(t, "never")},
		review.Plan{Document: deployment(t, "", "raised"), Plan: load(t, "raised")},
		review.Plan{Document: deployment(t, "", "网店; rm -rf /"), Plan: load(t, "stuck"), Capacity: &review.Capacity{}},
		review.Plan{Document: deployment(t, "", "one"), NoPlan: "the rollout of this kind is not predicted"},
		review.Plan{Document: deployment(t, "", "unreadable"), Refused: true, NoPlan: "the API server would reject it: spec.selector is missing"},
	)
	for range 7 {
		many.Plans = append(many.Plans, many.Plans[4])
	}
	return many
}

// refused is a review of a set that cannot be applied.
func refused(t *testing.T) *review.Result {
	r := plans(t, rollingUpdate(t))
	f := r.Plans[0].Document.File
	bad := parse(t, "bad.yaml", "apiVersion: apps/v1\nkind: Deployment\nspec:\n  replicas: many\n")
	for i := range 12 {
		r.Findings = append(r.Findings, finding.Finding{Rule: "schema/type", Severity: finding.Error, File: bad, Document: bad.Documents[0], Set: ".", Path: manifest.Keys("spec", "replicas"), Range: at(t, bad, "many"), Message: "must be an integer, not a string, number " + string(rune('a'+i))})
	}
	for _, severity := range []finding.Severity{finding.Info, finding.Warning, finding.Info, finding.Error} {
		r.Findings = append(r.Findings, finding.Finding{Rule: "some-risk", Severity: severity, File: f, Document: r.Plans[0].Document, Set: ".", Path: manifest.Keys("metadata", "name"), Range: at(t, f, "web"), Message: "this is of severity " + severity.String()})
	}
	service := parse(t, "service.yaml", "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n")
	r.Findings = append(r.Findings, finding.Finding{Rule: "service-without-pods", Severity: finding.Warning, File: service, Document: service.Documents[0], Set: ".", Range: at(t, service, "Service"), Message: "no pod is selected"})
	r.Summary = review.Summary{Files: 3, Documents: 3, Errors: 13, Warnings: 2, Infos: 2, SkippedFiles: 1}
	r.Skipped = []review.Skipped{{File: "x.yaml", Reason: "no Kubernetes object"}}
	r.Plans = append(r.Plans, review.Plan{Document: bad.Documents[0], NoPlan: "spec.replicas cannot be read"})
	r.Judge()
	return r
}

// change is a review with a base.
func change(t *testing.T) *review.Result {
	r := plans(t, rollingUpdate(t))
	d := r.Plans[0].Document
	restarted := int64(10)
	r.Base = "origin/main"
	r.Changes = []*review.Change{{
		Document: d, Base: d, Kinds: []review.ChangeKind{review.RolledOut, review.Scaled}, Restarted: &restarted,
		Because:  []review.Because{{Path: manifest.Keys("spec", "replicas"), From: "9", To: "10", File: d.File, Line: 4}},
		Messages: []string{"10 pods restart"},
	}}
	return r
}
