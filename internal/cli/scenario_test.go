package cli

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rollcast/rollcast/planner"
)

func TestScenarioEvents(t *testing.T) {
	f, err := parseScenario("s.yaml", []byte(`# every event that a Deployment knows
readiness: manual
termination: next
events:
- update: {}
- ready: {revision: 2, pods: 3}
- unready: {revision: 1, pods: 1}
- scale: 15
- edit: {strategy: Recreate}
- edit: {strategy: RollingUpdate, maxSurge: 2, maxUnavailable: "20%", minReadySeconds: 30, progressDeadlineSeconds: 60, revisionHistoryLimit: 0}
- undo: {}
- undo: {to: 1}
- pause: {}
- resume: {}
- terminated: {}
- delete: {revision: 2, pods: 1}
- wait: 600s
- run: 2
- run: end
`))
	if err != nil {
		t.Fatal(err)
	}
	recreate, rolling := planner.Recreate, planner.RollingUpdate
	surge, unavailable := planner.Count(2), planner.Percent(20)
	thirty, sixty, zero := int32(30), int32(60), int32(0)
	want := []planner.Event{
		{Type: planner.EventUpdate},
		{Type: planner.EventReady, Revision: 2, Pods: 3},
		{Type: planner.EventUnready, Revision: 1, Pods: 1},
		{Type: planner.EventScale, Replicas: 15},
		{Type: planner.EventEdit, Edit: &planner.Edit{Strategy: &recreate}},
		{Type: planner.EventEdit, Edit: &planner.Edit{Strategy: &rolling, MaxSurge: &surge, MaxUnavailable: &unavailable,
			MinReadySeconds: &thirty, ProgressDeadlineSeconds: &sixty, RevisionHistoryLimit: &zero}},
		{Type: planner.EventUndo},
		{Type: planner.EventUndo, To: 1},
		{Type: planner.EventPause},
		{Type: planner.EventResume},
		{Type: planner.EventTerminated},
		{Type: planner.EventDelete, Revision: 2, Pods: 1},
		{Type: planner.EventWait, Wait: 600 * time.Second},
		{Type: planner.EventRun, Rounds: 2},
		{Type: planner.EventRun, Rounds: planner.RunToEnd},
	}
	if diff := cmp.Diff(want, f.events); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	if f.readiness != planner.Manual || f.termination != planner.TerminateNext {
		t.Errorf("readiness %q, termination %q", f.readiness, f.termination)
	}
	if got := f.places[3].Line; got != 8 {
		t.Errorf("scale stands on line %d, want 8", got)
	}
}

// TestScenarioDefaults holds CONTRACT's: a scenario file terminates instantly.
func TestScenarioDefaults(t *testing.T) {
	f, err := parseScenario("s.yaml", []byte("events: [update: {}, run: end]"))
	if err != nil {
		t.Fatal(err)
	}
	if f.termination != planner.TerminateInstant || f.readiness != "" || len(f.events) != 2 {
		t.Errorf("got %+v", f)
	}
}

func TestScenarioFaults(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{"", "s.yaml:1:1: the file must be a map with readiness, termination or events"},
		{"events:\n- udpate: {}", `s.yaml:2:3: unknown event "udpate" (did you mean "update"?)`},
		{"evnets: []", `s.yaml:1:1: unknown key "evnets" (did you mean "events"?)`},
		{"readiness: never", "s.yaml:1:1: a scenario needs events"},
		{"events: {}", "s.yaml:1:9: events must be a list"},
		{"events:\n- update: {image: x}", "s.yaml:2:11: update takes no settings: write `update: {}`"},
		{"events:\n- ready: {revision: 2}", "s.yaml:2:10: pods is missing: write `ready: {revision: 2, pods: 3}`"},
		{"events:\n- ready: {revision: 2, pod: 3}", `s.yaml:2:24: unknown key "pod" (did you mean "pods"?): choose revision, pods or index`},
		{"events:\n- ready: {revision: 0, pods: 3}", "s.yaml:2:21: revision must be a whole number from 1 to 2147483647"},
		{"events:\n- scale: -1", "s.yaml:2:10: scale must be a whole number from 0 to 2147483647"},
		{"events:\n- scale: \"3\"", "s.yaml:2:10: scale must be a whole number"},
		{"events:\n- scale: 99999999999", "s.yaml:2:10: scale must be a whole number"},
		{"events:\n- edit: {}", "s.yaml:2:9: edit changes nothing"},
		{"events:\n- edit: {maxSurge: \"3\"}", "s.yaml:2:20: maxSurge must be a number of pods such as 3, or a percentage"},
		{"events:\n- edit: {strategy: rolling}", `s.yaml:2:20: unknown strategy "rolling" (did you mean "RollingUpdate"?): choose RollingUpdate, Recreate or OnDelete`},
		{"events:\n- wait: 600", "s.yaml:2:9: wait needs a duration such as 600s"},
		{"events:\n- wait: 10 minutes", `s.yaml:2:9: "10 minutes" is no duration`},
		{"events:\n- run: start", "s.yaml:2:8: run needs a number of rounds, or end"},
		{"events:\n- run: 0", "s.yaml:2:8: run must be a whole number from 1"},
		{"events:\n- pause", "s.yaml:2:3: an event is a map with one key"},
		{"events:\n- update: {}\n  run: end", "s.yaml:2:3: an event is a map with one key"},
		{"events: []\nevents: []", `s.yaml:2:1: key "events" is given twice, first on line 1`},
		{"readiness: sometimes\nevents: []", `s.yaml:1:12: unknown readiness "sometimes": choose timed, together, one-by-one, never or manual`},
		{"events: [", "s.yaml:1:"},
		{"a: 1\n---\nb: 2", "s.yaml:3:1: only one document may stand in this file"},
	} {
		_, err := parseScenario("s.yaml", []byte(tc.text))
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%q:\n got %v\nwant %s", tc.text, err, tc.want)
		}
	}
}

// TestScenarioFaultsTogether shows that one run says them all, in their order.
func TestScenarioFaultsTogether(t *testing.T) {
	_, err := parseScenario("s.yaml", []byte("readines: never\nevents:\n- scale: x\n- edit: {minReadySeconds: x, maxSurge: x}\n"))
	want := `s.yaml:1:1: unknown key "readines" (did you mean "readiness"?): choose readiness, termination or events
s.yaml:3:10: scale must be a whole number from 0 to 2147483647
s.yaml:4:27: minReadySeconds must be a whole number from 0 to 2147483647
s.yaml:4:40: maxSurge must be a number of pods such as 3, or a percentage such as 25%`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func FuzzScenario(f *testing.F) {
	f.Add("readiness: manual\nevents:\n- update: {}\n- ready: {revision: 2, pods: 3}\n- run: end\n")
	f.Add("events: [edit: {maxSurge: 25%}, wait: 1s, undo: {to: 1}]")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := parseScenario("s.yaml", []byte(text))
		if err == nil && len(s.events) != len(s.places) {
			t.Errorf("%d events at %d places", len(s.events), len(s.places))
		}
	})
}
