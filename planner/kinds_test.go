package planner_test

import (
	"errors"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/planner"
)

// replayFile replays what the real controllers did with workloads of a kind.
func replayFile(t *testing.T, kind planner.Kind, file string) {
	text, err := os.ReadFile("../testdata/traces/" + file)
	if err != nil {
		t.Fatal(err)
	}
	texts, err := trace.ParseText(text)
	if err != nil {
		t.Fatal(err)
	}
	if len(texts) == 0 {
		t.Fatal("no traces")
	}
	for _, tr := range texts {
		t.Run(tr.Name, func(t *testing.T) { replayText(t, kind, tr) })
	}
}

func replayText(t *testing.T, kind planner.Kind, tr trace.Text) {
	spec, sc, err := tr.Script()
	if err != nil {
		t.Fatal(err)
	}
	events := sc.Events[:len(tr.States)-1]
	if tr.Refused {
		sc.Events = events
		var refused *planner.EventError
		if _, err := planner.Simulate(spec, sc); !errors.As(err, &refused) || refused.Index != len(events)-1 {
			t.Errorf("event %d is refused; got error %v", len(events)-1, err)
		}
		events = events[:len(events)-1]
	}
	sc.Events = events
	plan, err := planner.Simulate(spec, sc)
	if err != nil {
		t.Fatal(err)
	}
	var want, got [][]string
	for _, states := range tr.States {
		for _, s := range states {
			slices.Sort(s.Outcomes)
			want = append(want, s.Outcomes)
		}
	}
	for _, s := range plan.Steps {
		words := []string{trace.Words(kind, sc, s)}
		for _, a := range s.Alternatives {
			words = append(words, trace.Revisions(a.Revisions))
		}
		slices.Sort(words)
		got = append(got, words)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the controller did this (-), the planner this (+):\n%s\n%s", tr, diff)
	}
}
