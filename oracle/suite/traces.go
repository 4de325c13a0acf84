package suite

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/oracle/golden"
)

// manyRuns are so many that races have shown themselves.
const manyRuns = 40

// Traces plays the scenarios of testdata/traces again, each ORACLE_RUNS times
// (default 3). What happens must be what was recorded, and with many runs (from
// manyRuns on) every outcome of a race must happen. With UPDATE=1 those that
// the minor records are recorded anew.
//
// A trace holds for every minor, unless its header names those for which it
// does. The first named one records it, and the newest one records the others.
func (m Minor) Traces(t *testing.T, newest bool) {
	const folder = "../../testdata/traces"
	plays := m.Plays()
	files, err := filepath.Glob(folder + "/*.txt")
	if err != nil || len(files) != len(plays) {
		t.Fatalf("there are %d kinds and these traces: %v (%v)", len(plays), files, err)
	}
	for name, do := range plays {
		t.Run(name, func(t *testing.T) { m.traces(t, filepath.Join(folder, name+".txt"), do, newest) })
	}
}

func (m Minor) traces(t *testing.T, file string, do golden.Play, newest bool) {
	recorded, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	texts, err := trace.ParseText(recorded)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	update := os.Getenv("UPDATE") == "1"
	runs := Env(t, "ORACLE_RUNS", 3)
	if update {
		runs = max(runs, manyRuns)
	}
	for i, text := range texts {
		if !text.HoldsFor(m.Version) {
			continue
		}
		t.Run(text.Name, func(t *testing.T) {
			if update {
				if records := text.Kubernetes; len(records) == 0 && !newest || len(records) > 0 && records[0] != m.Version {
					t.Skip("another minor records it")
				}
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
