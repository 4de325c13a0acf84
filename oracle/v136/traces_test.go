package v136

import (
	"os"
	"path/filepath"
	"testing"

	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/component-base/featuregate"
	featuregatetesting "k8s.io/component-base/featuregate/testing"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/oracle/golden"
	"github.com/rollcast/rollcast/oracle/play"
)

// manyRuns are so many that races have shown themselves.
const manyRuns = 40

// kinds play the traces of a file.
var kinds = map[string]golden.Play{
	"deployment": func(t *testing.T, text trace.Text, o play.Options) ([][]string, error) {
		return play.DeploymentText(t, Deployment, text, o)
	},
	"statefulset": func(t *testing.T, text trace.Text, o play.Options) ([][]string, error) {
		if gate, given := text.Spec.Get("gate"); given && !utilfeature.DefaultFeatureGate.Enabled(featuregate.Feature(gate)) {
			featuregatetesting.SetFeatureGateDuringTest(t, utilfeature.DefaultFeatureGate, featuregate.Feature(gate), true)
		}
		return play.StatefulSet(t, StatefulSet, text, o)
	},
	"daemonset": func(t *testing.T, text trace.Text, o play.Options) ([][]string, error) {
		return play.DaemonSet(t, DaemonSet, text, o)
	},
	"job": func(t *testing.T, text trace.Text, o play.Options) ([][]string, error) {
		return play.Job(t, Job, text, o)
	},
	"cronjob": func(t *testing.T, text trace.Text, o play.Options) ([][]string, error) {
		return play.CronJob(t, CronJob, text, o)
	},
}

// TestTraces plays the scenarios of testdata/traces again, each ORACLE_RUNS
// times (default 3). What happens must be what was recorded, and with many runs
// (from manyRuns on) every outcome of a race must happen. With UPDATE=1 it is
// recorded anew.
func TestTraces(t *testing.T) {
	const folder = "../../testdata/traces"
	files, err := filepath.Glob(folder + "/*.txt")
	if err != nil || len(files) != len(kinds) {
		t.Fatalf("there are %d kinds and these traces: %v (%v)", len(kinds), files, err)
	}
	for name, do := range kinds {
		t.Run(name, func(t *testing.T) { testTraces(t, filepath.Join(folder, name+".txt"), do) })
	}
}

func testTraces(t *testing.T, file string, do golden.Play) {
	recorded, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	texts, err := trace.ParseText(recorded)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	update := os.Getenv("UPDATE") == "1"
	runs := env(t, "ORACLE_RUNS", 3)
	if update {
		runs = max(runs, manyRuns)
	}
	for i, text := range texts {
		t.Run(text.Name, func(t *testing.T) {
			if update {
				if texts[i], err = golden.Record(t, do, text, runs); err != nil {
					t.Error(err)
				}
				return
			}
			if err := golden.Check(t, do, text, runs, runs >= manyRuns); err != nil {
				t.Errorf("%v\nUPDATE=1 records it anew:\n%s", err, text)
			}
		})
	}
	if update && !t.Failed() {
		if err := os.WriteFile(file, trace.FormatText(texts), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}
