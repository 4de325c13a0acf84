package planner

import "fmt"

// simulateFitting plays a scenario up to the first event that names something
// the kind does not have. Such a name would be left unread, and the plan be one
// that nobody asked for.
func simulateFitting(spec Spec, sc Scenario) (Plan, error) {
	for i, e := range sc.Events {
		fault := e.belongs(spec.Kind)
		if fault == nil {
			continue
		}
		before := sc
		before.Events = sc.Events[:i]
		if _, err := simulateKind(spec, before); err != nil {
			return Plan{}, err
		}
		return Plan{}, &EventError{Index: i, Type: e.Type, Err: fault}
	}
	return simulateKind(spec, sc)
}

// belongs refuses what pods of the kind are not told apart by: an ordinal is a
// StatefulSet's, an index a Job's, and a Job's pods have no revision.
func (e Event) belongs(kind Kind) error {
	if e.Type != EventReady && e.Type != EventUnready && e.Type != EventDelete {
		return nil
	}
	how := "by revision, as in {revision: 1, pods: 1}"
	switch kind {
	case StatefulSet:
		how = "by ordinal, as in {ordinal: 0}"
	case Job:
		how = "by number, as in {pods: 1}, or index"
	}
	var what string
	switch {
	case e.Ordinal != nil && kind != StatefulSet:
		what = "ordinal"
	case e.Job != nil && e.Job.Index != nil && kind != Job:
		what = "index"
	case e.Revision != 0 && kind == Job:
		what = "revision"
	default:
		return nil
	}
	return fmt.Errorf("pods of a %s have no %s: name them %s", kind, what, how)
}
