package planner_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/planner"
)

// TestPublished: rollouts that issues, the documentation and tutorials tell of,
// each by its number in the list of features or in kubernetes/kubernetes. The
// states are those that the real controllers went through, which other tests
// replay; here stands what was told.
func TestPublished(t *testing.T) {
	for _, p := range []struct {
		row   string
		file  string // of testdata/traces
		trace string
		step  int    // which state is told; -1 for the last
		told  string // see figures
	}{
		{"#95498", "deployment", "15 replicas with the defaults: 22 pods with those that terminate (kubernetes#95498)", 1,
			"promised 12..19, had 12..19 (26), 3 rounds, complete; 1: 1:12/12/12+3 2:7/0/0"},
		{"#39295", "deployment", "10 to 30 to 50 replicas with bad images (kubernetes#39295)", 4,
			"promised 48..53, had 8..53, 1 rounds, stalled; 4: 1:24/8/8 2:21/0/0 3:8/0/0"},
		{"#28145", "deployment", "paused in mid-rollout, scaled, resumed (kubernetes#28145)", 3,
			"promised 18..23, had 8..23, waiting; 3: 1:14/8/8 2:9/0/0"},
		{"#105395", "deployment", "a new template and more replicas in one apply: old pods come first (kubernetes#105395)", 1,
			"promised 6..10, had 4..10, 8 rounds, complete; 1: 1:6/4/4 2:4/0/0"},
		{"#67250", "statefulset", "a bad image, then undo: stuck until the pod is deleted by hand (kubernetes#67250)", 2,
			"promised 3..4, had 3..4, 1 rounds, complete; 2: 1as3:3/3/3 2:1/0/0"},
		{"10 to 15, documentation, F71", "deployment", "10 to 15 replicas in mid-rollout with 3 and 2, as documented: 11 and 7", 2,
			"promised 13..18, had 8..18, 5 rounds, waiting; 2: 1:11/8/8 2:7/0/0"},
		{"F71", "deployment", "10 to 15 replicas in mid-rollout with 30 % and 20 %: 12 and 8", 2,
			"promised 12..20, had 8..20, 15 rounds, complete; 2: 1:12/8/8 2:8/0/0"},
		{"F53, F93", "deployment", "scale up and down without a rollout", 1,
			"promised 2..3, had 2..5, 1 rounds, complete; 1: 1:5/3/3"},
		{"F55", "deployment", "2 replicas with 0 surge and 10 %: both round to 0, so 1 is unavailable", 1,
			"promised 1..2, had 1..2, 2 rounds, complete; 1: 1:1/1/1 2:1/0/0"},
		{"F56", "deployment", "3 replicas with the defaults: 1 surge, 0 unavailable", 1,
			"promised 3..4, had 3..4, 3 rounds, complete; 1: 1:3/3/3 2:1/0/0"},
		{"F57, F58", "deployment", "4 replicas with the defaults: 1 surge, 1 unavailable", 1,
			"promised 3..5, had 3..5, 2 rounds, complete; 1: 1:3/3/3 2:2/0/0"},
		{"F59", "deployment", "3 replicas with 1 surge and 1 unavailable: 4 pods, 2 of them not ready", 1,
			"promised 2..4, had 2..4, 3 rounds, complete; 1: 1:2/2/2 2:2/0/0"},
		{"F60", "deployment", "10 replicas with 30 % and 20 %, all pods of a round together", 1,
			"promised 8..13, had 8..13, 2 rounds, complete; 1: 1:8/8/8 2:5/0/0"},
		{"F61", "deployment", "1 replica with 1 surge and 0 unavailable", 1,
			"promised 1..2, had 1..2, 1 rounds, complete; 1: 1:1/1/1 2:1/0/0"},
		{"F64", "deployment", "3 replicas with the defaults, deleted pods live on until the next round", 1,
			"promised 3..4, had 3..4 (5), 3 rounds, complete; 1: 1:3/3/3 2:1/0/0"},
		{"F65", "deployment", "Recreate waits for the last old pod to be gone", 1,
			"promised 0..3, had 0..3, complete; 1: 1:0/0/0+3"},
		{"F66", "deployment", "revisionHistoryLimit 0: nothing to undo", 1,
			"event 2 (undo): there is no earlier revision to go back to"},
		{"F67", "deployment", "undo to a revision as created", -1,
			"promised 2..3, had 2..3, 8 rounds, complete; 12: 3as5:2/2/2"},
		{"F68", "deployment", "a bad image: the progress deadline passes and changes no pod", 3,
			"promised 8..13, had 8..13, waiting; 3: 1:8/8/8 2:5/0/0"},
		{"F69", "deployment", "undo of a paused Deployment is refused", 1,
			"event 3 (undo): a paused Deployment cannot be rolled back: resume it first"},
		{"F69", "deployment", "paused before the update: several updates become one revision", -1,
			"promised 5..8, had 4..8, 3 rounds, complete; 8: 2:6/6/6"},
		{"F100", "statefulset", "claims stay when the set shrinks", 1,
			"promised 1..2, had 1..3, 1 rounds, complete; 1: 1:1/1/1"},
		{"F102", "statefulset", "Parallel scales up all at once", 1,
			"promised 4..5, had 2..5, 3 rounds, complete; 1: 1:5/2/2"},
		{"F102", "statefulset", "Parallel updates one by one all the same", 1,
			"promised 3..4, had 3..4, 4 rounds, complete; 1: 1:3/3/3 2:1/0/0"},
		{"F103", "statefulset", "OrderedReady: from the highest ordinal down, one by one", 1,
			"promised 3..4, had 3..4, 4 rounds, complete; 1: 1:3/3/3 2:1/0/0"},
		{"F103", "statefulset", "partition 2: stops after web-3 and web-2", 3,
			"promised 3..4, had 3..4, 4 rounds, complete; 3: 1:2/2/2 2:2/2/2"},
		{"F109", "statefulset", "a bad image and a third one that works: stuck as well", 2,
			"promised 2..3, had 2..3, complete; 2: 1:2/2/2 2:1/0/0 3:0/0/0"},
		{"F111", "daemonset", "55 nodes, 10 at a time", 1,
			"promised 45..55, had 45..55, 6 rounds, complete; 1: 1:45/45/45 2:10/0/0"},
	} {
		t.Run(p.row+" "+p.trace, func(t *testing.T) {
			spec, sc := recorded(t, p.file, p.trace)
			plan, err := planner.Simulate(spec, sc)
			got := ""
			if err != nil {
				got = err.Error()
			} else {
				got = figures(plan, p.step)
			}
			if got != p.told {
				t.Errorf("\n got %s\nwant %s", got, p.told)
			}
		})
	}
}

// recorded is the spec and the scenario of a trace.
func recorded(t *testing.T, file, name string) (planner.Spec, planner.Scenario) {
	t.Helper()
	text, err := os.ReadFile("../testdata/traces/" + file + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	texts, err := trace.ParseText(text)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(texts, func(tr trace.Text) bool { return tr.Name == name })
	if i < 0 {
		t.Fatalf("no trace of a %s is called %q", file, name)
	}
	if file == "deployment" {
		texts[i].States = nil
		typed, err := texts[i].Trace()
		if err != nil {
			t.Fatal(err)
		}
		return typed.Spec, typed.Scenario
	}
	spec, sc, err := texts[i].Script()
	if err != nil {
		t.Fatal(err)
	}
	return spec, sc
}

// figures are what people tell of a rollout: how many pods it promises to have
// available and at most, how many it had, with the terminating ones, how many
// rounds it took, how it ended, and one of its states.
func figures(p planner.Plan, step int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "promised %d..%d, had %d..%d", p.Bounds.MinAvailable, p.Bounds.MaxPods, p.MinAvailable, p.PeakPods)
	if p.PeakPodsWithTerminating > p.PeakPods {
		fmt.Fprintf(&b, " (%d)", p.PeakPodsWithTerminating)
	}
	if step < 0 {
		step = len(p.Steps) - 1
	}
	runs := 0
	for _, s := range p.Steps {
		if s.Event == string(planner.EventRun) {
			runs++
		}
	}
	if runs > 0 {
		fmt.Fprintf(&b, ", %d rounds", runs)
	}
	fmt.Fprintf(&b, ", %s; %d: %s", p.Outcome, step, trace.Revisions(p.Steps[step].Revisions))
	return b.String()
}
