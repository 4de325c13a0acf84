package report_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/report"
	"github.com/rollcast/rollcast/review"
)

// The keys that scripts rely on: a path of keys, [] for each item of a list,
// and the JSON type. Renaming one breaks them, so this list only ever grows.
const lintKeys = `
version number
kubernetesVersion string
summary.files number
summary.documents number
summary.skippedFiles number
summary.skippedDocuments number
summary.withoutSchema number
summary.errors number
summary.warnings number
summary.infos number
summary.suppressed number
findings[].rule string
findings[].severity string
findings[].message string
findings[].file string
findings[].line number
findings[].column number
findings[].endLine number
findings[].endColumn number
findings[].set string
findings[].path string
findings[].object.apiVersion string
findings[].object.kind string
findings[].object.name string
findings[].related[].file string
findings[].related[].line number
findings[].related[].column number
findings[].related[].message string
findings[].fix.safe boolean
findings[].fix.description string
findings[].fix.edits[].file string
findings[].fix.edits[].startByte number
findings[].fix.edits[].endByte number
findings[].fix.edits[].text string
findings[].fingerprint string
`

const planKeys = `
version number
kubernetesVersion string
plans[].object.apiVersion string
plans[].object.kind string
plans[].object.namespace string
plans[].object.name string
plans[].file string
plans[].line number
plans[].strategy.type string
plans[].strategy.maxSurge string
plans[].strategy.maxUnavailable string
plans[].strategy.surgePods number
plans[].strategy.unavailablePods number
plans[].replicas.from number
plans[].replicas.to number
plans[].bounds.maxPods number
plans[].bounds.minAvailable number
plans[].readiness string
plans[].steps[].index number
plans[].steps[].event string
plans[].steps[].seconds.min number
plans[].steps[].seconds.max number
plans[].steps[].revisions[].revision number
plans[].steps[].revisions[].desired number
plans[].steps[].revisions[].ready number
plans[].steps[].revisions[].available number
plans[].steps[].revisions[].notReady number
plans[].steps[].revisions[].terminating number
plans[].steps[].pods number
plans[].steps[].terminating number
plans[].steps[].available number
plans[].steps[].conditions.available boolean
plans[].steps[].conditions.progressing boolean
plans[].steps[].why string
plans[].outcome string
plans[].peakPods number
plans[].peakPodsWithTerminating number
plans[].minAvailable number
plans[].maxNotReady number
plans[].durationSeconds.min number
plans[].durationSeconds.max number
plans[].assumptions[] string
plans[].ifBad.outcome string
plans[].ifBad.revisions[].revision number
plans[].ifBad.available number
plans[].ifBad.detectedAfterSeconds number
plans[].ifBad.undo[].index number
plans[].capacity.atPeak.cpu string
plans[].capacity.atPeak.memory string
plans[].capacity.extra.cpu string
plans[].capacity.extra.memory string
plans[].hazards[].hazard string
plans[].hazards[].step number
plans[].hazards[].field string
plans[].hazards[].message string
`

const reviewKeys = `
version number
verdict string
reasons[] string
plans[].object.name string
findings[].rule string
findings[].status string
`

const changeKeys = `
base string
base string
changes[].object.apiVersion string
changes[].object.kind string
changes[].object.name string
changes[].kind string
changes[].kinds[] string
changes[].because[].path string
changes[].because[].from string
changes[].because[].to string
changes[].because[].file string
changes[].because[].line number
changes[].pods.restarted number
changes[].messages[] string
`

func TestContract(t *testing.T) {
	all := cases(t)
	for _, tc := range []struct{ name, keys string }{
		{"lint-nasty", lintKeys},
		{"plan-shop", planKeys},
		{"review-shop", reviewKeys},
		{"review-because", changeKeys},
	} {
		var v any
		if err := json.Unmarshal(render(t, "json", all[tc.name].view, all[tc.name].result, report.Options{}), &v); err != nil {
			t.Fatal(err)
		}
		var got []string
		walk("", v, &got)
		for _, want := range strings.Split(strings.TrimSpace(tc.keys), "\n") {
			if !slices.Contains(got, want) {
				t.Errorf("%s: no %s", tc.name, want)
			}
		}
	}
}

// walk lists every leaf's path and type.
func walk(path string, v any, out *[]string) {
	switch v := v.(type) {
	case map[string]any:
		for k, child := range v {
			walk(strings.TrimPrefix(path+"."+k, "."), child, out)
		}
	case []any:
		for _, child := range v {
			walk(path+"[]", child, out)
		}
	case float64:
		*out = append(*out, path+" number")
	case bool:
		*out = append(*out, path+" boolean")
	default:
		*out = append(*out, fmt.Sprintf("%s %T", path, v))
	}
}

// TestOpenRange: where nothing bounds a time, JSON still has a max, the largest
// value that is known, and atLeast says what it is.
func TestOpenRange(t *testing.T) {
	known := 108.0
	plan := &planner.Plan{DurationSeconds: &planner.Seconds{Min: 5, AtLeast: &known}, Steps: []planner.Step{{Seconds: &planner.Seconds{Min: 3}}}}
	out := render(t, "json", report.Plan, plans(t, review.Plan{Document: deployment(t, "", "web"), Plan: plan}), report.Options{})
	var got struct {
		Plans []struct {
			Steps           []struct{ Seconds map[string]float64 }
			DurationSeconds map[string]float64
		}
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]float64{"min": 5, "max": 108, "atLeast": 108}, got.Plans[0].DurationSeconds); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]float64{"min": 3, "max": 3, "atLeast": 3}, got.Plans[0].Steps[0].Seconds); diff != "" {
		t.Error(diff)
	}
	text := render(t, "text", report.Plan, plans(t, review.Plan{Document: deployment(t, "", "web"), Plan: plan}), report.Options{Quiet: true})
	if !strings.Contains(string(text), "5s to ≥1m48s") {
		t.Errorf("%s", text)
	}
}
