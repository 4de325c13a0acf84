package v136

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/oracle/golden"
	"github.com/rollcast/rollcast/oracle/play"
	"github.com/rollcast/rollcast/planner"
)

func playDeployment(t *testing.T, spec planner.Spec, scenario planner.Scenario, next play.Source, o play.Options) ([][]planner.Step, error) {
	return play.Deployment(t, Deployment, spec, scenario, next, o)
}

// TestTraces plays the scenarios of testdata/traces again. With UPDATE=1 it
// records what happens; without, what happens must be what was recorded.
func TestTraces(t *testing.T) {
	const file = "../../testdata/traces/deployment.txt"
	recorded, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	traces, err := trace.Parse(recorded)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	for i, tr := range traces {
		runs := 3
		if strings.HasPrefix(tr.Name, "races:") {
			runs = 40
		}
		now, err := golden.Record(t, playDeployment, tr, runs)
		if err != nil {
			t.Errorf("%s: %v", tr.Name, err)
		}
		if diff := cmp.Diff(tr.String(), now.String()); diff != "" && os.Getenv("UPDATE") != "1" {
			t.Errorf("the recorded trace is stale; UPDATE=1 records it anew (-recorded +now):\n%s", diff)
		}
		traces[i] = now
	}
	if os.Getenv("UPDATE") == "1" && !t.Failed() {
		if err := os.WriteFile(file, trace.Format(traces), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}
