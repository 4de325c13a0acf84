package planner

import (
	"math"
	"testing"
)

func TestIfBad(t *testing.T) {
	for _, test := range []struct {
		name      string
		spec      Spec
		plateau   string
		available int64
		undo      string
	}{
		{"10 at 30 % and 20 %", rolling(10, Percent(30), Percent(20)), "8/8+5/0", 8, "10/8+0 | 10/10+0"},
		{"3 with the defaults", rolling(3, Percent(25), Percent(25)), "3/3+1/0", 3, "3/3+0"},
		{"3 without surge", rolling(3, Count(0), Count(1)), "2/2+1/0", 2, "3/2+0 | 3/3+0"},
		{"all may be missing", rolling(3, Count(1), Count(3)), "3/0", 0, "3/0+0 | 3/3+0"},
		{"Recreate", recreating(3), "3/0", 0, "0 | 3/0+0 | 3/3+0"},
	} {
		for _, mode := range []Readiness{Timed, Together, Never} {
			scenario := DefaultScenario(test.spec.Pod)
			scenario.Readiness = mode
			bad := simulate(t, test.spec, scenario).IfBad
			if bad == nil {
				t.Errorf("%s: no answer", test.name)
				continue
			}
			if got := sets(bad.Revisions); got != test.plateau || bad.Available != test.available || bad.Outcome != Stalled || bad.DetectedAfterSeconds != 600 {
				t.Errorf("%s, %s: %s %s with %d available after %d s, want %s with %d", test.name, mode, bad.Outcome, got, bad.Available, bad.DetectedAfterSeconds, test.plateau, test.available)
			}
			if got := trace(bad.Undo); got != test.undo {
				t.Errorf("%s, %s: undo %s, want %s", test.name, mode, got, test.undo)
			}
		}
	}
}

func TestNothingCanBeBad(t *testing.T) {
	paused := rolling(3, Count(1), Count(0))
	paused.Paused = true
	for name, spec := range map[string]Spec{"no replicas": rolling(0, Count(1), Count(0)), "paused": paused} {
		if bad := simulate(t, spec, DefaultScenario(Pod{})).IfBad; bad != nil {
			t.Errorf("%s: %+v", name, bad)
		}
	}
	unnoticed := rolling(3, Count(1), Count(0))
	unnoticed.ProgressDeadlineSeconds = math.MaxInt32
	if bad := simulate(t, unnoticed, DefaultScenario(Pod{})).IfBad; bad.DetectedAfterSeconds != 0 {
		t.Errorf("without a deadline nobody notices: %d s", bad.DetectedAfterSeconds)
	}
}
