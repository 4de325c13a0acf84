package planner

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// TestEventsOfKinds tries every event on every kind: it happens, or the error
// says which event it is and what the kind knows instead.
func TestEventsOfKinds(t *testing.T) {
	five := int32(5)
	pod := Pod{Containers: []Container{{Name: "web"}}}
	job := &JobSpec{Completions: &five, Parallelism: 2, Indexed: true, BackoffLimit: 6}
	every := func(after time.Time) time.Time { return after.Truncate(time.Hour).Add(time.Hour) }
	takes := time.Minute
	kinds := []struct {
		spec  Spec
		first Event
	}{
		{rolling(3, Count(1), Count(1)), update},
		{Spec{Kind: StatefulSet, Replicas: 3, Strategy: Strategy{Type: RollingUpdate}, Pod: pod}, update},
		{Spec{Kind: DaemonSet, Replicas: 3, Strategy: Strategy{Type: RollingUpdate, MaxUnavailable: Count(1)}, Pod: pod}, update},
		{Spec{Kind: Job, Job: job, Pod: pod}, Event{Type: EventCreate}},
		{Spec{Kind: CronJob, Cron: &CronSpec{Next: every, Concurrency: AllowConcurrent, Takes: &takes}}, Event{Type: EventCreate}},
		{Spec{Kind: ReplicaSet, Replicas: 3, Pod: pod}, update},
		{Spec{Kind: ReplicationController, Replicas: 3, Pod: pod}, update},
		{Spec{Kind: BarePod, Pod: pod}, update},
	}
	index, ordinal, on, two := int32(1), int32(1), true, int32(2)
	for _, tc := range []struct {
		event Event
		// yes is a letter for each kind above: y where it has a meaning.
		yes string
	}{
		{Event{Type: EventUpdate}, "yyy--yyy"},
		{Event{Type: EventUnready, Revision: 1, Pods: 1}, "yyy--yyy"},
		{Event{Type: EventDelete, Revision: 1, Pods: 1}, "yyy--yyy"},
		{Event{Type: EventDelete, Ordinal: &ordinal}, "-y------"},
		{Event{Type: EventDelete, Pods: 1}, "---y----"},
		{Event{Type: EventDelete, Job: &JobPods{Index: &index}}, "---y----"},
		{Event{Type: EventReady, Job: &JobPods{Index: &index}}, "---y----"},
		{Event{Type: EventScale, Replicas: 5}, "yy---yy-"},
		{Event{Type: EventUndo}, "yyy-----"},
		{Event{Type: EventPause}, "y-------"},
		{Event{Type: EventTerminated}, "yyyy-yyy"},
		{Event{Type: EventFinish, Pods: 1}, "---y----"},
		{Event{Type: EventFail, Pods: 1}, "---y----"},
		{Event{Type: EventNode, Down: 1}, "--y-----"},
		{Event{Type: EventWait, Wait: time.Second}, "yyyyyyyy"},
		{Event{Type: EventRun, Rounds: 1}, "yyyyyyyy"},
		{Event{Type: EventRun, Rounds: RunToEnd}, "yyyy-yyy"},
		{Event{Type: EventEdit, Edit: &Edit{MinReadySeconds: &two}}, "yyy--yy-"},
		{Event{Type: EventEdit, Edit: &Edit{Partition: &two}}, "-y------"},
		{Event{Type: EventEdit, Edit: &Edit{Paused: &on}}, "y-------"},
		{Event{Type: EventEdit, Edit: &Edit{Job: &JobEdit{Parallelism: &two}}}, "---y----"},
		{Event{Type: EventEdit, Edit: &Edit{Job: &JobEdit{Suspend: &on}}}, "---yy---"},
		{Event{Type: EventEdit, Edit: &Edit{Cron: &CronEdit{Schedule: "@hourly"}}}, "----y---"},
		{Event{Type: EventEdit}, "--------"},
		{Event{Type: "udpate"}, "--------"},
	} {
		for i, kind := range kinds {
			_, err := Simulate(kind.spec, Scenario{Readiness: Manual, Events: []Event{kind.first, tc.event}})
			var refused *EventError
			if want := tc.yes[i] == 'y'; want != (err == nil) || !want && (!errors.As(err, &refused) || refused.Index != 1) {
				t.Errorf("%s of a %s: %v", tc.event.Type, kind.spec.Kind, err)
			}
		}
	}
	_, err := Simulate(kinds[0].spec, Scenario{Readiness: Manual, Events: []Event{{Type: EventDelete, Ordinal: &ordinal}}})
	if want := "event 0 (delete): pods of a Deployment have no ordinal: name them by revision, as in {revision: 1, pods: 1}"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	// The first fault counts.
	_, err = Simulate(kinds[0].spec, Scenario{Readiness: Manual, Events: []Event{ready(2, 1), {Type: EventDelete, Ordinal: &ordinal}}})
	if err == nil || !strings.HasPrefix(err.Error(), "event 0 (ready)") {
		t.Errorf("got %v", err)
	}
}
