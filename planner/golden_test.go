package planner

import (
	"fmt"
	"strings"
	"testing"
)

// trace writes steps on one line: desired/ready of each revision, oldest
// first, "+" between them and " | " between the steps. A revision without a
// ready pod and without a wanted one is 0.
func trace(steps []Step) string {
	var states []string
	for _, s := range steps {
		states = append(states, sets(s.Revisions))
	}
	return strings.Join(states, " | ")
}

func sets(revisions []Revision) string {
	var sets []string
	for _, r := range revisions {
		set := fmt.Sprintf("%d/%d", r.Desired, r.Ready)
		if r.Desired == 0 && r.Ready == 0 {
			set = "0"
		}
		sets = append(sets, set)
	}
	return strings.Join(sets, "+")
}

// rolling is a Deployment with the defaults that the API server fills in.
func rolling(replicas int32, surge, unavailable IntOrPercent) Spec {
	return Spec{
		Kind: Deployment, Replicas: replicas,
		Strategy:                Strategy{RollingUpdate, surge, unavailable},
		ProgressDeadlineSeconds: 600, RevisionHistoryLimit: 10,
	}
}

func recreating(replicas int32) Spec {
	s := rolling(replicas, Count(0), Count(0))
	s.Strategy = Strategy{Type: Recreate}
	return s
}

func simulate(t testing.TB, spec Spec, scenario Scenario) Plan {
	t.Helper()
	plan, err := Simulate(spec, scenario)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// Events in short.
var (
	update   = Event{Type: EventUpdate}
	toTheEnd = Event{Type: EventRun, Rounds: RunToEnd}
	pause    = Event{Type: EventPause}
	resume   = Event{Type: EventResume}
	undo     = Event{Type: EventUndo}
)

func rounds(n int) Event            { return Event{Type: EventRun, Rounds: n} }
func scale(replicas int32) Event    { return Event{Type: EventScale, Replicas: replicas} }
func ready(rev int, n int32) Event  { return Event{Type: EventReady, Revision: rev, Pods: n} }
func sick(rev int, n int32) Event   { return Event{Type: EventUnready, Revision: rev, Pods: n} }
func remove(rev int, n int32) Event { return Event{Type: EventDelete, Revision: rev, Pods: n} }
func undoTo(revision int) Event     { return Event{Type: EventUndo, To: revision} }
func edit(e Edit) Event             { return Event{Type: EventEdit, Edit: &e} }
func both(e Edit) Event             { return Event{Type: EventUpdate, Edit: &e} }

// TestGoldenNumbers: the table of rollouts that users ask about. Peaks with
// terminating pods hold while a wave's deleted pods last until the next wave;
// pods that are not ready are as many as surge and unavailable together, 1 + 1
// of 3 replicas, which is more than maxUnavailable says;
// 15 replicas pass 22 in the first step (kubernetes#95498), and their last
// wave is a single pod, because the one before was cut off at replicas.
func TestGoldenNumbers(t *testing.T) {
	for _, test := range []struct {
		replicas                    int32
		surge, unavailable          IntOrPercent
		lowest, peak, physical      int64
		notReady                    int64
		waves                       int
		plateau                     string
		firstStepPods, firstLeaving int64
	}{
		{1, Percent(25), Percent(25), 1, 2, 2, 1, 1, "1/1+1/0", 2, 0},
		{2, Percent(25), Percent(25), 2, 3, 4, 1, 2, "2/2+1/0", 3, 0},
		{3, Percent(25), Percent(25), 3, 4, 5, 1, 3, "3/3+1/0", 4, 0},
		{3, Count(1), Count(1), 2, 4, 5, 2, 2, "2/2+2/0", 4, 1},
		{4, Percent(25), Percent(25), 3, 5, 7, 2, 2, "3/3+2/0", 5, 1},
		{5, Percent(25), Percent(25), 4, 7, 9, 3, 2, "4/4+3/0", 7, 1},
		{10, Percent(30), Percent(20), 8, 13, 18, 5, 2, "8/8+5/0", 13, 2},
		{15, Percent(25), Percent(25), 12, 19, 26, 7, 3, "12/12+7/0", 19, 3},
		{40, Percent(30), Percent(5), 38, 52, 66, 14, 3, "38/38+14/0", 52, 2},
		{55, Percent(25), Percent(25), 42, 69, 96, 27, 3, "42/42+27/0", 69, 13},
		{100, Percent(25), Percent(25), 75, 125, 175, 50, 2, "75/75+50/0", 125, 25},
	} {
		name := fmt.Sprintf("%d at %s/%s", test.replicas, test.surge, test.unavailable)
		plan := simulate(t, rolling(test.replicas, test.surge, test.unavailable),
			Scenario{Readiness: Together, Termination: TerminateNext, Events: []Event{update, toTheEnd}})
		if plan.MinAvailable != test.lowest || plan.PeakPods != test.peak || plan.PeakPodsWithTerminating != test.physical {
			t.Errorf("%s: lowest %d, peak %d, with terminating %d; want %d, %d, %d", name,
				plan.MinAvailable, plan.PeakPods, plan.PeakPodsWithTerminating, test.lowest, test.peak, test.physical)
		}
		if plan.MaxNotReady != test.notReady {
			t.Errorf("%s: at most %d pods not ready, want %d", name, plan.MaxNotReady, test.notReady)
		}
		if waves := len(plan.Steps) - 2; waves != test.waves {
			t.Errorf("%s: %d waves, want %d: %s", name, waves, test.waves, trace(plan.Steps))
		}
		if got := sets(plan.IfBad.Revisions); got != test.plateau || plan.IfBad.Available != test.lowest {
			t.Errorf("%s: a bad version stops at %s with %d available, want %s", name, got, plan.IfBad.Available, test.plateau)
		}
		if first := plan.Steps[1]; first.Pods != test.firstStepPods || first.Terminating != test.firstLeaving {
			t.Errorf("%s: first step %d pods and %d terminating, want %d and %d", name,
				first.Pods, first.Terminating, test.firstStepPods, test.firstLeaving)
		}
		if plan.Bounds.MaxPods != test.peak || plan.Bounds.MinAvailable != test.lowest || plan.Outcome != Complete {
			t.Errorf("%s: bounds %+v, outcome %s", name, plan.Bounds, plan.Outcome)
		}
	}
}

// TestRecordedTraces: what the real controllers did, one line a trace.
func TestRecordedTraces(t *testing.T) {
	thirty := rolling(10, Percent(30), Percent(20))
	for _, test := range []struct {
		name      string
		spec      Spec
		readiness Readiness
		events    []Event
		want      string
	}{
		{"one pod at a time", thirty, OneByOne, []Event{update, toTheEnd},
			"10/10 | 8/8+5/0 | 7/7+6/1 | 6/6+7/2 | 5/5+8/3 | 4/4+9/4 | 3/3+10/5 | 2/2+10/6 | 1/1+10/7 | 10/8 | 10/9 | 10/10"},
		{"all pods together", thirty, Together, []Event{update, toTheEnd},
			"10/10 | 8/8+5/0 | 3/3+10/5 | 10/10"},
		{"a bad image", thirty, Never, []Event{update, toTheEnd},
			"10/10 | 8/8+5/0"},
		{"a bad image and its undo", thirty, Never, []Event{update, toTheEnd, undo, toTheEnd},
			"10/10 | 8/8+5/0 | 10/8+0 | 10/10+0"},
		{"3 with the defaults", rolling(3, Percent(25), Percent(25)), Together, []Event{update, toTheEnd},
			"3/3 | 3/3+1/0 | 2/2+2/1 | 1/1+3/2 | 3/3"},
		{"3 with the defaults, one by one", rolling(3, Percent(25), Percent(25)), OneByOne, []Event{update, toTheEnd},
			"3/3 | 3/3+1/0 | 2/2+2/1 | 1/1+3/2 | 3/3"},
		{"1 with surge", rolling(1, Count(1), Count(0)), Together, []Event{update, toTheEnd},
			"1/1 | 1/1+1/0 | 1/1"},
		{"4 at 1 and 1, one by one", rolling(4, Count(1), Count(1)), OneByOne, []Event{update, toTheEnd},
			"4/4 | 3/3+2/0 | 2/2+3/1 | 1/1+4/2 | 4/3 | 4/4"},
		{"4 at 1 and 1, together", rolling(4, Count(1), Count(1)), Together, []Event{update, toTheEnd},
			"4/4 | 3/3+2/0 | 1/1+4/2 | 4/4"},
		{"10 without surge", rolling(10, Count(0), Percent(25)), OneByOne, []Event{update, rounds(4)},
			"10/10 | 8/8+2/0 | 7/7+3/1 | 6/6+4/2 | 5/5+5/3 | 4/4+6/4"},
		{"2, both limits round to 0", rolling(2, Count(0), Percent(10)), OneByOne, []Event{update, toTheEnd},
			"2/2 | 1/1+1/0 | 2/1 | 2/2"},
		{"Recreate", recreating(10), Together, []Event{update, toTheEnd},
			"10/10 | 10/0 | 10/10"},
		{"scaled in mid-rollout, in proportion", thirty, Together, []Event{update, scale(15)},
			"10/10 | 8/8+5/0 | 12/8+8/0"},
		{"the documentation's 10 to 15, absolute limits", rolling(10, Count(3), Count(2)), Together, []Event{update, scale(15)},
			"10/10 | 8/8+5/0 | 11/8+7/0"},
		{"undo in mid-rollout", thirty, OneByOne, []Event{update, rounds(2), undo, toTheEnd},
			"10/10 | 8/8+5/0 | 7/7+6/1 | 6/6+7/2 | 10/6+2/2 | 10/7+1/1 | 10/8+0 | 10/9+0 | 10/10+0"},
		{"a third version in mid-rollout", thirty, OneByOne, []Event{update, rounds(1), update},
			"10/10 | 8/8+5/0 | 7/7+6/1 | 7/7+1/1+5/0"},
		{"a sick old pod goes first", rolling(4, Count(1), Count(1)), Together, []Event{sick(1, 1), update},
			"4/4 | 4/3 | 3/3+2/0"},
		{"paused in mid-rollout, scaled, resumed", thirty, Manual, []Event{update, pause, ready(2, 5), scale(14), ready(1, 4), ready(2, 2), resume},
			"10/10 | 8/8+5/0 | 8/8+5/0 | 8/8+5/5 | 12/8+7/5 | 12/12+7/5 | 12/12+7/7 | 5/5+14/7"},
		{"a new image and more replicas in one apply (kubernetes#105395)", rolling(3, Count(1), Count(0)), Together,
			[]Event{both(Edit{Replicas: ptr[int32](5)}), toTheEnd},
			"3/3 | 5/3+1/0 | 4/4+2/1 | 3/3+3/2 | 2/2+4/3 | 1/1+5/4 | 5/5"},
		{"from 0 replicas", rolling(0, Percent(25), Percent(25)), Together, []Event{scale(4), toTheEnd},
			"0 | 4/0 | 4/4"},
		{"an update of 0 replicas", rolling(0, Percent(25), Percent(25)), Together, []Event{update},
			"0 | 0"},
		{"scaled to 0 in mid-rollout", thirty, Together, []Event{update, scale(0)},
			"10/10 | 8/8+5/0 | 0"},
		// kubernetes#39295: 10, a bad image; 30 and another bad image; paused; 50 and a third one.
		{"three bad images and two scales", rolling(10, Count(3), Count(2)), Never,
			[]Event{update, both(Edit{Replicas: ptr[int32](30)}), pause, both(Edit{Replicas: ptr[int32](50)})},
			"10/10 | 8/8+5/0 | 15/8+13/0+5/0 | 15/8+13/0+5/0 | 24/8+21/0+8/0"},
		// kubernetes#28145: 8 old and 5 bad new pods are scaled while paused, and in a running rollout.
		{"a scale while paused", rolling(10, Count(3), Count(2)), Never, []Event{update, pause, scale(20)},
			"10/10 | 8/8+5/0 | 8/8+5/0 | 14/8+9/0"},
		{"the same while running", rolling(10, Count(3), Count(2)), Never, []Event{update, scale(20), toTheEnd},
			"10/10 | 8/8+5/0 | 14/8+9/0 | 14/14+9/0"},
		// kubernetes#28105: 40 to 30, paused and resumed.
		{"a scale down while paused", rolling(40, Count(3), Count(2)), Never, []Event{update, pause, scale(30), resume},
			"40/40 | 38/38+5/0 | 38/38+5/0 | 29/29+4/0 | 28/28+5/0"},
	} {
		plan := simulate(t, test.spec, Scenario{Readiness: test.readiness, Events: test.events})
		if got := trace(plan.Steps); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

func ptr[T any](v T) *T { return &v }
