package planner

import (
	"fmt"
	"slices"
	"strings"
)

// deploymentEvents are the events with a meaning for a Deployment.
var deploymentEvents = []EventType{
	EventUpdate, EventReady, EventUnready, EventScale, EventEdit, EventUndo, EventPause,
	EventResume, EventTerminated, EventDelete, EventWait, EventRun,
}

// apply lets an event happen and the controllers react, all but run, which the
// caller plays round by round. No time passes but in wait.
func (d *deployment) apply(e Event) error {
	if err := d.change(e); err != nil {
		return err
	}
	switch e.Type {
	case EventUpdate, EventScale, EventEdit, EventUndo, EventPause, EventResume:
		d.unseen = true
	case EventRun:
		return nil
	case EventWait:
		d.pass(d.now + ms(e.Wait.Milliseconds()))
		return nil
	case EventDelete:
		// The ReplicaSet controller reports the missing pods in the same pass
		// in which it replaces them, so the Deployment controller sees fewer
		// and then more, and takes that for progress.
		d.observe(d.find(e.Revision))
		d.sync()
	}
	if d.agesAnew() {
		d.react(true, raceYoung)
	} else {
		d.react(d.shrinksSeveral(), raceScale)
	}
	return nil
}

// change does to the objects and pods what the event says.
func (d *deployment) change(e Event) error {
	switch e.Type {
	case EventUpdate:
		if e.To != 0 {
			rs := d.find(e.To)
			if rs == nil {
				return fmt.Errorf("there is no revision %d, only %s", e.To, d.revisionNames())
			}
			d.template = rs.template
			return d.edit(e.Edit)
		}
		pod := d.pods[d.template-1]
		if e.Pod != nil {
			pod = e.Pod
		}
		d.pods = append(d.pods, pod)
		d.template = len(d.pods)
		return d.edit(e.Edit)
	case EventScale:
		return d.edit(&Edit{Replicas: &e.Replicas})
	case EventEdit:
		if e.Edit == nil {
			return fmt.Errorf("an edit must name what it changes")
		}
		return d.edit(e.Edit)
	case EventUndo:
		return d.undo(e.To)
	case EventPause:
		d.spec.Paused = true
	case EventResume:
		d.spec.Paused = false
	case EventTerminated:
		for _, rs := range d.sets {
			rs.leaving = nil
		}
	case EventReady, EventUnready, EventDelete:
		return d.touch(e)
	case EventWait:
		if e.Wait < 0 {
			return fmt.Errorf("cannot wait %v: time only passes forward", e.Wait)
		}
	case EventRun:
		if e.Rounds < RunToEnd {
			return fmt.Errorf("cannot run %d rounds", e.Rounds)
		}
	default:
		return unknownEvent(e.Type, Deployment, deploymentEvents)
	}
	return nil
}

// unknownEvent is the error for an event without a meaning for a kind.
func unknownEvent(got EventType, kind Kind, known []EventType) error {
	names := make([]string, len(known))
	for i, e := range known {
		names[i] = string(e)
	}
	return fmt.Errorf("%q means nothing to a %s, which knows %s", string(got), kind, strings.Join(names, ", "))
}

// edit changes fields other than the template.
func (d *deployment) edit(e *Edit) error {
	if e == nil {
		return nil
	}
	if e.Job != nil || e.Cron != nil {
		return fmt.Errorf("a Deployment has no fields of a Job")
	}
	if e.Partition != nil {
		return fmt.Errorf("a Deployment has no partition")
	}
	s := d.spec
	set(&s.Replicas, e.Replicas)
	set(&s.MinReadySeconds, e.MinReadySeconds)
	set(&s.ProgressDeadlineSeconds, e.ProgressDeadlineSeconds)
	set(&s.RevisionHistoryLimit, e.RevisionHistoryLimit)
	set(&s.Paused, e.Paused)
	if e.Strategy != nil && *e.Strategy != s.Strategy.Type {
		// The API server fills in what a changed type leaves open.
		s.Strategy = Strategy{Type: *e.Strategy}
		if *e.Strategy == RollingUpdate {
			s.Strategy.MaxSurge, s.Strategy.MaxUnavailable = Percent(25), Percent(25)
		}
	}
	set(&s.Strategy.MaxSurge, e.MaxSurge)
	set(&s.Strategy.MaxUnavailable, e.MaxUnavailable)
	if err := s.check(); err != nil {
		return err
	}
	if (e.ProgressDeadlineSeconds != nil || e.MinReadySeconds != nil) && s.ProgressDeadlineSeconds <= s.MinReadySeconds {
		return fmt.Errorf("progressDeadlineSeconds %d must be greater than minReadySeconds %d", s.ProgressDeadlineSeconds, s.MinReadySeconds)
	}
	if e.MaxSurge != nil || e.MaxUnavailable != nil {
		if err := s.CheckLimits(); err != nil {
			return err
		}
	}
	d.setSpec(s)
	return nil
}

// set copies a value that was given.
func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

// undo goes back to the template of a revision, or to the previous one, as
// kubectl rollout undo does. The template that is current already stays.
func (d *deployment) undo(to int) error {
	if d.spec.Paused {
		return fmt.Errorf("a paused Deployment cannot be rolled back: resume it first")
	}
	rs := d.previous()
	if to != 0 {
		rs = d.find(to)
	}
	switch {
	case rs == nil && to != 0:
		return fmt.Errorf("there is no revision %d to go back to, only %s", to, d.revisionNames())
	case rs == nil:
		return fmt.Errorf("there is no earlier revision to go back to")
	}
	d.template = rs.template
	return nil
}

// touch makes pods of one revision ready or unready, or deletes them. Ready
// takes waiting pods; unready takes those that have been ready longest; delete
// takes ready pods first, those that have been ready longest before others.
func (d *deployment) touch(e Event) error {
	rs := d.find(e.Revision)
	if rs == nil {
		return fmt.Errorf("there is no revision %d, only %s", e.Revision, d.revisionNames())
	}
	var have int32
	switch e.Type {
	case EventReady:
		have = rs.waiting.count()
	case EventUnready:
		have = rs.ready.count()
	default:
		have = rs.pods()
	}
	if e.Pods < 1 || e.Pods > have {
		return fmt.Errorf("cannot make %d pods of revision %d %s: %d could be", e.Pods, e.Revision, past(e.Type), have)
	}
	switch e.Type {
	case EventReady:
		rs.becomeReady(e.Pods, d.now)
	case EventUnready:
		n := rs.ready.takeFirst(e.Pods)
		rs.waiting = slices.Insert(rs.waiting, 0, group{never, n})
	default:
		n := rs.ready.takeFirst(e.Pods)
		n += rs.waiting.takeFirst(e.Pods - n)
		if !rs.pace.instant {
			rs.leaving.add(later(d.now, rs.pace.leave), n)
		}
	}
	return nil
}

// past is what an event makes of a pod.
func past(e EventType) string {
	if e == EventDelete {
		return "deleted"
	}
	return string(e)
}

// revisionNames lists the revisions that exist: 1, 2, 4.
func (d *deployment) revisionNames() string {
	var names []string
	for _, rs := range d.sets {
		if !rs.gone {
			names = append(names, fmt.Sprint(rs.revision))
		}
	}
	return strings.Join(names, ", ")
}

// shrinksSeveral says that spec.replicas was lowered while several ReplicaSets
// have pods.
func (d *deployment) shrinksSeveral() bool {
	active := 0
	lowered := false
	for _, rs := range d.sets {
		if rs.replicas > 0 {
			active++
			lowered = lowered || rs.desiredNote > d.spec.Replicas
		}
	}
	return active > 1 && lowered
}
