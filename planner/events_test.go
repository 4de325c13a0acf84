package planner

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestRefusedEvents: the error says which event, why, and what could be.
func TestRefusedEvents(t *testing.T) {
	for _, test := range []struct {
		events []Event
		want   string
	}{
		{[]Event{ready(2, 1)}, "event 0 (ready): there is no revision 2, only 1"},
		{[]Event{update, ready(2, 4)}, "event 1 (ready): cannot make 4 pods of revision 2 ready: 2 could be"},
		{[]Event{ready(1, 1)}, "event 0 (ready): cannot make 1 pods of revision 1 ready: 0 could be"},
		{[]Event{sick(1, 5)}, "event 0 (unready): cannot make 5 pods of revision 1 unready: 4 could be"},
		{[]Event{remove(1, 5)}, "event 0 (delete): cannot make 5 pods of revision 1 deleted: 4 could be"},
		{[]Event{remove(1, 0)}, "event 0 (delete): cannot make 0 pods of revision 1 deleted: 4 could be"},
		{[]Event{undo}, "event 0 (undo): there is no earlier revision to go back to"},
		{[]Event{update, undoTo(3)}, "event 1 (undo): there is no revision 3 to go back to, only 1, 2"},
		{[]Event{update, pause, undo}, "event 2 (undo): a paused Deployment cannot be rolled back: resume it first"},
		{[]Event{scale(-1)}, "event 0 (scale): replicas is -1, and cannot be negative"},
		{[]Event{{Type: EventEdit}}, "event 0 (edit): an edit must name what it changes"},
		{[]Event{edit(Edit{Strategy: ptr(StrategyType("OnDelete"))})}, `event 0 (edit): unknown strategy "OnDelete": choose RollingUpdate, Recreate`},
		{[]Event{edit(Edit{MaxSurge: ptr(Count(0)), MaxUnavailable: ptr(Percent(0))})}, "event 0 (edit): maxSurge and maxUnavailable cannot both be 0"},
		{[]Event{edit(Edit{MaxUnavailable: ptr(Percent(101))})}, "event 0 (edit): maxUnavailable is 101%, and cannot be above 100%"},
		{[]Event{edit(Edit{MinReadySeconds: ptr[int32](600)})}, "event 0 (edit): progressDeadlineSeconds 600 must be greater than minReadySeconds 600"},
		{[]Event{{Type: EventWait, Wait: -time.Second}}, "event 0 (wait): cannot wait -1s: time only passes forward"},
		{[]Event{rounds(-2)}, "event 0 (run): cannot run -2 rounds"},
		{[]Event{{Type: "finish"}}, `event 0 (finish): "finish" means nothing to a Deployment, which knows update, ready, unready, scale, edit, undo, pause, resume, terminated, delete, wait, run`},
	} {
		_, err := Simulate(rolling(4, Count(1), Count(1)), Scenario{Readiness: Manual, Events: test.events})
		var refused *EventError
		if !errors.As(err, &refused) || err.Error() != test.want {
			t.Errorf("%v\n got %v\nwant %s", test.events, err, test.want)
		}
	}
}

func TestRefusedInput(t *testing.T) {
	good := rolling(1, Count(1), Count(0))
	for _, test := range []struct {
		spec     Spec
		scenario Scenario
		want     string
	}{
		{Spec{Kind: "Node"}, Scenario{}, `unknown kind "Node": choose Deployment, StatefulSet, DaemonSet`},
		{Spec{Kind: Deployment}, Scenario{}, `unknown strategy "": choose RollingUpdate, Recreate`},
		{rolling(-1, Count(1), Count(0)), Scenario{}, "replicas is -1"},
		{good, Scenario{Readiness: "soon"}, `unknown readiness "soon": choose timed, together, one-by-one, never, manual`},
		{good, Scenario{Termination: "later"}, `unknown termination "later": choose instant, next, manual`},
	} {
		if _, err := Simulate(test.spec, test.scenario); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("got %v, want %s", err, test.want)
		}
	}
}

func TestOutcome(t *testing.T) {
	spec := rolling(4, Count(1), Count(1))
	paused := spec
	paused.Paused = true
	for _, test := range []struct {
		spec      Spec
		readiness Readiness
		events    []Event
		want      Outcome
	}{
		{spec, Together, []Event{update, toTheEnd}, Complete},
		{spec, Never, []Event{update, toTheEnd}, Stalled},
		{spec, Together, []Event{update, rounds(1)}, Waiting}, // nobody looked on
		{spec, Manual, []Event{update, toTheEnd}, Waiting},    // for ready events
		{spec, Together, nil, Nothing},
		{spec, Together, []Event{scale(4)}, Nothing},
		{spec, Together, []Event{edit(Edit{MaxSurge: ptr(Count(2))}), toTheEnd}, Nothing},
		{paused, Together, []Event{update, toTheEnd}, Paused},
		{spec, Together, []Event{update, pause, toTheEnd}, Paused},
		{spec, Together, []Event{update, toTheEnd, pause}, Complete},
		{rolling(0, Count(1), Count(1)), Together, []Event{update, toTheEnd}, Complete},
		{recreating(4), Together, []Event{update, toTheEnd}, Complete},
		{recreating(4), Never, []Event{update, toTheEnd}, Stalled},
	} {
		plan := simulate(t, test.spec, Scenario{Readiness: test.readiness, Termination: TerminateNext, Events: test.events})
		if plan.Outcome != test.want {
			t.Errorf("%s %v: %s, want %s", test.readiness, test.events, plan.Outcome, test.want)
		}
	}
}

// TestTermination: when deleted pods are gone, and what waits for it.
func TestTermination(t *testing.T) {
	type counts []int64
	for _, test := range []struct {
		spec        Spec
		termination Termination
		events      []Event
		want        counts // terminating pods of each step
	}{
		{rolling(10, Percent(30), Percent(20)), TerminateInstant, []Event{update, toTheEnd}, counts{0, 0, 0, 0}},
		{rolling(10, Percent(30), Percent(20)), TerminateNext, []Event{update, toTheEnd}, counts{0, 2, 5, 3}},
		{rolling(10, Percent(30), Percent(20)), TerminateManual, []Event{update, rounds(1), {Type: EventTerminated}, toTheEnd}, counts{0, 2, 7, 0, 3}},
		// The scale gives revision 1 pods that the rollout takes away at once, before they have a node.
		{rolling(1, Percent(50), Percent(75)), TerminateManual, []Event{update, scale(12)}, counts{0, 0, 0}},
		{recreating(3), TerminateInstant, []Event{update, toTheEnd}, counts{0, 0, 0}},
		{recreating(3), TerminateNext, []Event{update, toTheEnd}, counts{0, 3, 0, 0}},
		{recreating(3), TerminateManual, []Event{update, toTheEnd, {Type: EventTerminated}, toTheEnd}, counts{0, 3, 0, 0}},
	} {
		plan := simulate(t, test.spec, Scenario{Readiness: Together, Termination: test.termination, Events: test.events})
		var got counts
		for _, s := range plan.Steps {
			got = append(got, s.Terminating)
		}
		if len(got) != len(test.want) {
			t.Errorf("%s %s: %v, want %v", test.spec.Strategy.Type, test.termination, got, test.want)
			continue
		}
		for i := range got {
			if got[i] != test.want[i] {
				t.Errorf("%s %s: %v, want %v", test.spec.Strategy.Type, test.termination, got, test.want)
				break
			}
		}
	}
}

// TestApply: one spec written over another is one event, and leads to it.
func TestApply(t *testing.T) {
	from, to := rolling(3, Count(1), Count(0)), recreating(5)
	to.MinReadySeconds, to.ProgressDeadlineSeconds, to.RevisionHistoryLimit, to.Paused = 5, 60, 0, true
	for _, pair := range [][2]Spec{{from, to}, {to, from}, {from, from}, {from, rolling(3, Percent(50), Count(0))}} {
		d := newDeployment(pair[0], kubelet{readiness: Manual}, 0)
		if err := d.apply(Apply(pair[0], pair[1], false)); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(pair[1], d.spec); diff != "" {
			t.Errorf("applied (+), wanted (-):\n%s", diff)
		}
	}
	plan := simulate(t, from, Scenario{Readiness: Manual, Events: []Event{Apply(from, rolling(5, Count(1), Count(0)), true)}})
	if got, want := trace(plan.Steps), "3/3 | 5/3+1/0"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
