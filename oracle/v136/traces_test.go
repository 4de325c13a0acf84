package v136

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/component-base/featuregate"
	featuregatetesting "k8s.io/component-base/featuregate/testing"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/oracle/golden"
	"github.com/rollcast/rollcast/oracle/play"
)

// kinds play the traces of a file.
var kinds = map[string]golden.Play{
	"deployment": func(t *testing.T, text trace.Text, o play.Options) ([][]string, error) {
		return play.DeploymentText(t, Deployment, text, o)
	},
	"statefulset": func(t *testing.T, text trace.Text, o play.Options) ([][]string, error) {
		if gate, given := text.Spec.Get("gate"); given {
			featuregatetesting.SetFeatureGateDuringTest(t, utilfeature.DefaultFeatureGate, featuregate.Feature(gate), true)
		}
		return play.StatefulSet(t, StatefulSet, text, o)
	},
}

// TestTraces plays the scenarios of testdata/traces again. With UPDATE=1 it
// records what happens; without, what happens must be what was recorded.
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
	for i, text := range texts {
		runs := 3
		if strings.HasPrefix(text.Name, "races:") {
			runs = 40
		}
		t.Run(text.Name, func(t *testing.T) {
			now, err := golden.Record(t, do, text, runs)
			if err != nil {
				t.Error(err)
			}
			if diff := cmp.Diff(text.String(), now.String()); diff != "" && os.Getenv("UPDATE") != "1" {
				t.Errorf("the recorded trace is stale; UPDATE=1 records it anew (-recorded +now):\n%s", diff)
			}
			texts[i] = now
		})
	}
	if os.Getenv("UPDATE") == "1" && !t.Failed() {
		if err := os.WriteFile(file, trace.FormatText(texts), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}
