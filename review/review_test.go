package review_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/review"
)

// deployment is a manifest with the given lines of its spec and its container.
func deployment(name, spec, container string) string {
	return fmt.Sprintf(`apiVersion: apps/v1
kind: Deployment
metadata:
  name: %[1]s
spec:
%[2]s
  selector: {matchLabels: {app: %[1]s}}
  template:
    metadata: {labels: {app: %[1]s}}
    spec:
      containers:
      - name: %[1]s
        image: %[1]s:1
%[3]s
`, name, indent(spec, "  "), indent(container, "        "))
}

func indent(text, by string) string {
	if text == "" {
		return ""
	}
	return by + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n"+by)
}

func budget(name, spec string) string {
	return fmt.Sprintf("apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: %[1]s\nspec:\n  selector: {matchLabels: {app: %[1]s}}\n  %[2]s\n", name, spec)
}

const sameProbes = "livenessProbe:\n  httpGet: {port: 80}\nreadinessProbe:\n  httpGet: {port: 80}"

func parse(texts map[string]string) []*manifest.File {
	var files []*manifest.File
	for name, text := range texts {
		files = append(files, manifest.Parse(name, []byte(text), manifest.Options{}))
	}
	slices.SortFunc(files, func(a, b *manifest.File) int { return strings.Compare(a.Name, b.Name) })
	return files
}

func judge(t *testing.T, in review.Input, o review.Options) *review.Result {
	t.Helper()
	res, err := review.Run(context.Background(), in, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range res.Failures {
		t.Error(err)
	}
	return res
}

// lines writes findings as tests compare them: place, severity, rule, set.
func lines(res *review.Result) []string {
	var out []string
	for _, f := range res.Findings {
		out = append(out, fmt.Sprintf("%s:%d %s %s set=%s", f.File.Name, f.Range.Start.Line, f.Severity, f.Rule, f.Set))
	}
	return out
}

func TestRun(t *testing.T) {
	files := parse(map[string]string{
		"web.yaml":          deployment("web", "replicas: 10\nstrategy: {rollingUpdate: {maxSurge: 30%, maxUnavailable: 20%}}", sameProbes+"\nresources: {requests: {cpu: 100m, memory: 200Mi}}"),
		"sub/pdb.yaml":      budget("web", "minAvailable: 9"),
		"broken.yaml":       "apiVersion: v1\nkind: [\n",
		"values.yaml":       "replicas: 3\n",
		"template.yaml":     "apiVersion: v1\nkind: {{ .kind }}\n",
		"sub/settings.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n---\n- a list\n",
	})
	want := judge(t, review.Input{Files: files}, review.Options{})
	if diff := cmp.Diff([]string{
		"broken.yaml:2 error syntax set=.",
		"web.yaml:7 warning rollout-below-pdb set=.",
		"web.yaml:15 warning liveness-identical-to-readiness set=.",
	}, lines(want)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(review.Summary{Files: 6, Documents: 4, SkippedFiles: 3, SkippedDocuments: 1, Errors: 1, Warnings: 2, WithoutSchema: want.Summary.WithoutSchema}, want.Summary); diff != "" {
		t.Errorf("summary (-want +got):\n%s", diff)
	}
	if len(want.Plans) != 1 {
		t.Fatalf("%d plans, want 1", len(want.Plans))
	}
	p := want.Plans[0]
	// 13 pods of 100m and 200Mi at the peak, 3 of them more than before.
	if diff := cmp.Diff(&review.Capacity{
		AtPeak: review.Resources{CPU: "1300m", Memory: "2600Mi"},
		Extra:  review.Resources{CPU: "300m", Memory: "600Mi"},
	}, p.Capacity); diff != "" {
		t.Errorf("capacity (-want +got):\n%s", diff)
	}
	if len(p.Budgets) != 1 || p.Budgets[0].MinReady != 9 {
		t.Errorf("budgets %+v, want one that asks for 9", p.Budgets)
	}

	// The order of the files changes nothing.
	slices.Reverse(files)
	got := judge(t, review.Input{Files: files}, review.Options{})
	if diff := cmp.Diff(lines(want), lines(got)); diff != "" {
		t.Errorf("findings of files in reverse order (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want.Skipped, got.Skipped); diff != "" {
		t.Errorf("skipped of files in reverse order (-want +got):\n%s", diff)
	}
}

// TestContext reports only Files, but judges them with what lies around them:
// the same findings as a run over everything, for those files.
func TestContext(t *testing.T) {
	files := parse(map[string]string{
		"web.yaml":    deployment("web", "replicas: 4\nstrategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 2}}", sameProbes),
		"pdb.yaml":    budget("web", "minAvailable: 3"),
		"broken.yaml": "apiVersion: v1\nkind: [\n",
		"other.yaml":  deployment("other", "replicas: 2", sameProbes),
	})
	all := judge(t, review.Input{Files: files}, review.Options{})
	for i, f := range files {
		rest := slices.Delete(slices.Clone(files), i, i+1)
		got := judge(t, review.Input{Files: []*manifest.File{f}, Context: rest}, review.Options{})
		var want []string
		for _, line := range lines(all) {
			if strings.HasPrefix(line, f.Name+":") {
				want = append(want, line)
			}
		}
		if diff := cmp.Diff(want, lines(got)); diff != "" {
			t.Errorf("%s in its context (-want +got):\n%s", f.Name, diff)
		}
	}
}

func TestSelection(t *testing.T) {
	in := review.Input{Files: parse(map[string]string{
		"web.yaml":    deployment("web", "replicas: 2", sameProbes),
		"broken.yaml": "apiVersion: v1\nkind: [\n",
	})}
	for _, tc := range []struct {
		name string
		o    review.Options
		want []string
	}{
		{"everything", review.Options{}, []string{"syntax", "liveness-identical-to-readiness"}},
		{"only a fixed rule", review.Options{Only: []string{"syntax"}}, []string{"syntax"}},
		{"only a rule folder", review.Options{Only: []string{"liveness-identical-to-readiness"}}, []string{"liveness-identical-to-readiness"}},
		{"both disabled", review.Options{Disable: []string{"syntax", "liveness-identical-to-readiness"}}, nil},
		{"only and disabled", review.Options{Only: []string{"syntax"}, Disable: []string{"syntax"}}, nil},
		{"without rules", review.Options{WithoutRules: true}, []string{"syntax"}},
	} {
		var got []string
		for _, f := range judge(t, in, tc.o).Findings {
			got = append(got, f.Rule)
		}
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, diff)
		}
	}
	for _, o := range []review.Options{{Only: []string{"no-such-rule"}}, {Disable: []string{"no-such-rule"}}, {Profile: "loose"}, {KubernetesVersion: "1.12"}} {
		if _, err := review.Run(context.Background(), in, o); err == nil {
			t.Errorf("%+v gives no error", o)
		}
	}
}

func TestVerdict(t *testing.T) {
	good := deployment("web", "replicas: 3", "")
	for _, tc := range []struct {
		name, text string
		want       review.Verdict
		reason     string // part of the first
	}{
		{"nothing", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n", review.VerdictSafe, ""},
		{"a good rollout", good, review.VerdictSafe, ""},
		{"a broken document", good + "---\nkind: [\napiVersion: v1\n", review.VerdictStop, "cannot be read"},
		{"a stall", deployment("web", "replicas: 3", "readinessProbe:\n  httpGet: {port: nowhere}"), review.VerdictStop, "the rollout of Deployment web ends stalled, with 3 of 3 pods available"},
		{"a warning", deployment("web", "replicas: 3", sameProbes), review.VerdictReview, "liveness-identical-to-readiness: "},
		{"below the budget", good + "---\n" + budget("web", "minAvailable: 100%") + "---\n" +
			deployment("api", "replicas: 4", "") + "---\n" + budget("api", "maxUnavailable: 0"), review.VerdictReview, "goes down to 3 ready pods, and PodDisruptionBudget api wants 4"},
		{"below a budget of two", deployment("web", "replicas: 4", "") + "---\n" + strings.ReplaceAll(deployment("api", "replicas: 8", ""), "app: api", "app: web") + "---\n" +
			budget("web", "minAvailable: 100%"), review.VerdictReview, "leaves 11 ready of the 12 pods that PodDisruptionBudget web covers in several workloads, and it wants 12"},
		{"a Job", "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: 'a:1'}]}}}\n", review.VerdictSafe, ""},
		{"an outage", deployment("web", "replicas: 2\nstrategy: {type: Recreate}", ""), review.VerdictReview, "the rollout of Deployment web goes down to 0 available pods"},
		{"no pods", deployment("web", "replicas: 0\nstrategy: {type: Recreate}", ""), review.VerdictSafe, ""},
	} {
		// The rules that the cases are about: others come and go.
		only := []string{"syntax", "liveness-identical-to-readiness", "rollout-below-pdb"}
		res := judge(t, review.Input{Files: parse(map[string]string{"a.yaml": tc.text})}, review.Options{Only: only})
		res.Judge()
		first := ""
		if len(res.Reasons) > 0 {
			first = res.Reasons[0]
		}
		if res.Verdict != tc.want || !strings.Contains(first, tc.reason) || (tc.reason == "") != (first == "") {
			t.Errorf("%s: %s because of %q; want %s because of %q", tc.name, res.Verdict, res.Reasons, tc.want, tc.reason)
		}
	}
}

func TestPlay(t *testing.T) {
	in := review.Input{Files: parse(map[string]string{"web.yaml": deployment("web", "replicas: 10", "")})}
	count, percent := planner.Count, planner.Percent
	ptr := func(v planner.IntOrPercent) *planner.IntOrPercent { return &v }
	for _, tc := range []struct {
		name    string
		play    review.Play
		bounds  planner.Bounds
		refused string // part of why there is no plan
	}{
		// 25 % of 10: surge 2.5 up to 3, unavailable 2.5 down to 2.
		{"as it is", review.Play{}, planner.Bounds{MaxPods: 13, MinAvailable: 8}, ""},
		{"4 replicas", review.Play{Replicas: []int32{4}}, planner.Bounds{MaxPods: 5, MinAvailable: 3}, ""},
		{"surge 1", review.Play{MaxSurge: ptr(count(1))}, planner.Bounds{MaxPods: 11, MinAvailable: 8}, ""},
		{"5 % and 0: raised to 1 unavailable", review.Play{MaxSurge: ptr(count(0)), MaxUnavailable: ptr(percent(5))}, planner.Bounds{MaxPods: 10, MinAvailable: 9}, ""},
		{"both zero", review.Play{MaxSurge: ptr(percent(0)), MaxUnavailable: ptr(count(0))}, planner.Bounds{}, "maxSurge and maxUnavailable cannot both be 0"},
		{"more than all", review.Play{MaxUnavailable: ptr(percent(101))}, planner.Bounds{}, "maxUnavailable is 101%, and cannot be above 100%"},
	} {
		p := judge(t, in, review.Options{Play: &tc.play}).Plans[0]
		switch {
		case p.Refused != (tc.refused != "") || !strings.Contains(p.NoPlan, tc.refused):
			t.Errorf("%s: refused %v because %q, want %q", tc.name, p.Refused, p.NoPlan, tc.refused)
		case p.Plan != nil && p.Plan.Bounds != tc.bounds:
			t.Errorf("%s: bounds %+v, want %+v", tc.name, p.Plan.Bounds, tc.bounds)
		}
	}
}
