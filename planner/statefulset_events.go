package planner

import (
	"fmt"
)

// statefulSetEvents are the events with a meaning for a StatefulSet.
var statefulSetEvents = []EventType{
	EventUpdate, EventReady, EventUnready, EventScale, EventEdit, EventUndo,
	EventTerminated, EventDelete, EventWait, EventRun,
}

// apply implements controller.
func (s *statefulSet) apply(e Event) error {
	if err := s.happen(e); err != nil {
		return err
	}
	switch e.Type {
	case EventRun:
	case EventWait:
		s.pass(s.now + ms(e.Wait.Milliseconds()))
	default:
		s.settle()
	}
	return nil
}

// happen does to the object and its pods what the event says.
func (s *statefulSet) happen(e Event) error {
	switch e.Type {
	case EventUpdate:
		if e.To != 0 {
			if err := s.undo(e.To); err != nil {
				return err
			}
			return s.edit(e.Edit)
		}
		pod := s.pods[s.template-1]
		if e.Pod != nil {
			pod = e.Pod
		}
		s.pods = append(s.pods, pod)
		s.template = len(s.pods)
		return s.edit(e.Edit)
	case EventScale:
		return s.edit(&Edit{Replicas: &e.Replicas})
	case EventEdit:
		if e.Edit == nil {
			return fmt.Errorf("an edit must name what it changes")
		}
		return s.edit(e.Edit)
	case EventUndo:
		return s.undo(e.To)
	case EventTerminated:
		s.reap(never)
	case EventReady, EventUnready, EventDelete:
		return s.touch(e)
	case EventWait:
		if e.Wait < 0 {
			return fmt.Errorf("cannot wait %v: time only passes forward", e.Wait)
		}
	case EventRun:
		if e.Rounds < RunToEnd {
			return fmt.Errorf("cannot run %d rounds", e.Rounds)
		}
	default:
		return unknownEvent(e.Type, StatefulSet, statefulSetEvents)
	}
	return nil
}

// edit changes fields other than the template.
func (s *statefulSet) edit(e *Edit) error {
	if e == nil {
		return nil
	}
	for _, other := range []struct {
		name  string
		given bool
	}{
		{"paused", e.Paused != nil}, {"maxSurge", e.MaxSurge != nil},
		{"progressDeadlineSeconds", e.ProgressDeadlineSeconds != nil}, {"fields of a Job", e.Job != nil || e.Cron != nil},
	} {
		if other.given {
			return fmt.Errorf("a StatefulSet has no %s", other.name)
		}
	}
	spec := s.spec
	set(&spec.Replicas, e.Replicas)
	set(&spec.MinReadySeconds, e.MinReadySeconds)
	set(&spec.RevisionHistoryLimit, e.RevisionHistoryLimit)
	if e.Strategy != nil && *e.Strategy != spec.Strategy.Type {
		// The API server fills in a rollingUpdate block where a type is given.
		spec.Strategy = Strategy{Type: *e.Strategy}
		spec.Set.Partition, spec.Set.NoRollingUpdate = 0, false
	}
	if (e.Partition != nil || e.MaxUnavailable != nil) && spec.Strategy.Type != RollingUpdate {
		return fmt.Errorf("partition and maxUnavailable belong to %s, not to %s", RollingUpdate, spec.Strategy.Type)
	}
	if e.MaxUnavailable != nil && e.MaxUnavailable.Value == 0 {
		return fmt.Errorf("maxUnavailable cannot be 0")
	}
	if e.Partition != nil || e.MaxUnavailable != nil {
		spec.Set.NoRollingUpdate = false
	}
	set(&spec.Set.Partition, e.Partition)
	set(&spec.Set.Start, e.Start)
	set(&spec.Set.ClaimsFollowScale, e.ClaimsFollowScale)
	set(&spec.Strategy.MaxUnavailable, e.MaxUnavailable)
	if err := spec.checkStatefulSet(); err != nil {
		return err
	}
	s.setSpec(spec)
	return nil
}

// applySet completes the edit that makes one StatefulSet of another. What a
// changed type fills in is given besides, as far as the new type has it.
func applySet(e *Edit, from, to Spec) {
	e.Partition = changed(from.Set.Partition, to.Set.Partition)
	e.Start = changed(from.Set.Start, to.Set.Start)
	e.ClaimsFollowScale = changed(from.Set.ClaimsFollowScale, to.Set.ClaimsFollowScale)
	e.MaxSurge = nil
	switch {
	case to.Strategy.Type != RollingUpdate:
		e.Partition, e.MaxUnavailable = nil, nil
	case from.Strategy.Type != RollingUpdate:
		e.Partition, e.MaxUnavailable = &to.Set.Partition, &to.Strategy.MaxUnavailable
	}
	if e.MaxUnavailable != nil && e.MaxUnavailable.Value == 0 { // absent is 1
		one := Count(1)
		e.MaxUnavailable = &one
	}
}

// checkStatefulSet refuses what no API server would take and no arithmetic could
// bear.
func (s Spec) checkStatefulSet() error {
	if err := oneOf("updateStrategy", s.Strategy.Type, RollingUpdate, OnDelete); err != nil {
		return err
	}
	for _, field := range []struct {
		name  string
		value int32
	}{
		{"replicas", s.Replicas},
		{"maxUnavailable", s.Strategy.MaxUnavailable.Value},
		{"partition", s.Set.Partition},
		{"ordinals.start", s.Set.Start},
		{"minReadySeconds", s.MinReadySeconds},
		{"revisionHistoryLimit", s.RevisionHistoryLimit},
	} {
		if field.value < 0 {
			return fmt.Errorf("%s is %d, and cannot be negative", field.name, field.value)
		}
	}
	return nil
}

// touch makes pods ready or unready, or deletes them: one by its ordinal, or
// those of a revision with the lowest ordinals.
func (s *statefulSet) touch(e Event) error {
	if e.Type == EventDelete && e.Ordinal != nil {
		return s.deleteByHand(int64(*e.Ordinal))
	}
	if s.find(e.Revision) == nil {
		return fmt.Errorf("there is no revision %d, only %s", e.Revision, s.revisionNames())
	}
	n := int64(e.Pods)
	waiting, ready := s.count(e.Revision, podWaiting), s.count(e.Revision, podReady)
	have := waiting + ready
	switch e.Type {
	case EventReady:
		have = waiting
	case EventUnready:
		have = ready
	}
	if n < 1 || n > have {
		return fmt.Errorf("cannot make %d pods of revision %d %s: %d could be", n, e.Revision, past(e.Type), have)
	}
	switch e.Type {
	case EventReady:
		s.take(e.Revision, podWaiting, n, s.becomeReady)
	case EventUnready:
		s.take(e.Revision, podReady, n, func(r *row) { r.phase, r.at = podWaiting, never })
	default:
		for n > 0 {
			lo, hi := s.lowest(e.Revision)
			hi = min(hi, lo+n)
			s.remove(lo, hi, moveByHand)
			n -= hi - lo
		}
	}
	return nil
}

// lowest is the lowest ordinals of a revision that have pods which do not
// terminate.
func (s *statefulSet) lowest(revision int) (lo, hi int64) {
	for _, r := range s.rows {
		if r.revision == revision && r.phase != podLeaving {
			return r.first, r.end()
		}
	}
	return 0, endOfOrdinals
}

// deleteByHand deletes one pod. One that terminates already goes on doing so.
func (s *statefulSet) deleteByHand(ordinal int64) error {
	for _, r := range s.rows {
		if r.first <= ordinal && ordinal < r.end() {
			s.remove(ordinal, ordinal+1, moveByHand)
			return nil
		}
	}
	return fmt.Errorf("there is no pod %s", s.name(ordinal))
}

// becomeReady makes pods ready now.
func (s *statefulSet) becomeReady(r *row) { r.phase, r.at = podReady, s.now }
