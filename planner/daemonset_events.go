package planner

import (
	"fmt"
	"slices"
	"strings"
)

// daemonSetEvents are the events with a meaning for a DaemonSet.
var daemonSetEvents = []EventType{
	EventUpdate, EventReady, EventUnready, EventEdit, EventUndo, EventTerminated, EventDelete, EventNode, EventWait, EventRun,
}

// apply implements controller.
func (d *daemonSet) apply(e Event) error {
	switch e.Type {
	case EventRun:
		if e.Rounds < RunToEnd {
			return fmt.Errorf("cannot run %d rounds", e.Rounds)
		}
		return nil
	case EventWait:
		if e.Wait < 0 {
			return fmt.Errorf("cannot wait %v: time only passes forward", e.Wait)
		}
	}
	_, err := d.act(func(d *daemonSet) (bool, error) {
		if e.Type == EventWait {
			d.pass(d.now + ms(e.Wait.Milliseconds()))
			return true, nil
		}
		err := d.change(e)
		if err == nil {
			d.settle()
		}
		return true, err
	})
	return err
}

// change does to object, nodes and pods what the event says.
func (d *daemonSet) change(e Event) error {
	switch e.Type {
	case EventUpdate:
		if e.To != 0 {
			if err := d.undo(e.To); err != nil {
				return err
			}
			return d.edit(e.Edit)
		}
		pod := d.pods[d.template-1]
		if e.Pod != nil {
			pod = e.Pod
		}
		if err := d.edit(e.Edit); err != nil {
			return err
		}
		d.pods = append(d.pods, pod)
		d.template = len(d.pods)
	case EventEdit:
		if e.Edit == nil {
			return fmt.Errorf("an edit must name what it changes")
		}
		return d.edit(e.Edit)
	case EventUndo:
		return d.undo(e.To)
	case EventTerminated:
		d.reap()
	case EventReady, EventUnready, EventDelete:
		return d.touch(e)
	case EventNode:
		return d.node(e)
	default:
		return unknownEvent(e.Type, DaemonSet, daemonSetEvents)
	}
	return nil
}

// edit changes fields other than the template. A change to RollingUpdate sets
// maxUnavailable to 1, as the API server does, unless it is given.
func (d *daemonSet) edit(e *Edit) error {
	if e == nil {
		return nil
	}
	s := d.spec
	switch {
	case e.Job != nil || e.Cron != nil || e.Partition != nil:
		return fmt.Errorf("a DaemonSet has no fields of a Job and no partition")
	case e.Replicas != nil:
		return fmt.Errorf("a DaemonSet has no replicas: its pods are one a node")
	case e.Paused != nil:
		return fmt.Errorf("a DaemonSet cannot be paused")
	case e.ProgressDeadlineSeconds != nil:
		return fmt.Errorf("a DaemonSet has no progressDeadlineSeconds")
	}
	set(&s.MinReadySeconds, e.MinReadySeconds)
	set(&s.RevisionHistoryLimit, e.RevisionHistoryLimit)
	if e.Strategy != nil && *e.Strategy != s.Strategy.Type {
		s.Strategy = Strategy{Type: *e.Strategy}
		if *e.Strategy == RollingUpdate {
			s.Strategy.MaxUnavailable = Count(1)
		}
	}
	set(&s.Strategy.MaxSurge, e.MaxSurge)
	set(&s.Strategy.MaxUnavailable, e.MaxUnavailable)
	if err := s.checkDaemonSet(); err != nil {
		return err
	}
	d.spec = s
	return nil
}

// undo goes back to the template of a revision, or to the previous one, as
// kubectl rollout undo does.
func (d *daemonSet) undo(to int) error {
	n := d.previous()
	if to != 0 {
		n = to
	}
	switch {
	case n == 0:
		return fmt.Errorf("there is no earlier revision to go back to")
	case n < 0 || n > len(d.history) || d.revision(n).gone:
		return fmt.Errorf("there is no revision %d to go back to, only %s", n, d.revisionNames())
	}
	d.template = d.revision(n).template
	return nil
}

// revisionNames lists the revisions that exist.
func (d *daemonSet) revisionNames() string {
	var names []string
	for i, r := range d.history {
		if !r.gone {
			names = append(names, fmt.Sprint(i+1))
		}
	}
	return strings.Join(names, ", ")
}

// touch makes pods of one revision ready or not, or deletes them: for ready
// those that wait, for unready those that have been ready longest, for delete
// these and then those that wait; arrange says which of several. Pods on nodes that are down are out of reach.
func (d *daemonSet) touch(e Event) error {
	if e.Revision < 1 || e.Revision > len(d.history) {
		return fmt.Errorf("there is no revision %d, only %s", e.Revision, d.revisionNames())
	}
	type place struct{ site, pod int }
	var waiting, ready []place
	d.arrange()
	for i := range d.sites {
		s := &d.sites[i]
		for j, p := range s.pods {
			switch {
			case p.revision != e.Revision || s.down:
			case p.ready:
				ready = append(ready, place{i, j})
			default:
				waiting = append(waiting, place{i, j})
			}
		}
	}
	slices.SortStableFunc(ready, func(a, b place) int {
		return d.waited(d.sites[a.site].pods[a.pod], d.sites[b.site].pods[b.pod])
	})
	from := ready
	switch e.Type {
	case EventReady:
		from = waiting
	case EventDelete:
		from = append(ready, waiting...)
	}
	var have int64
	for _, p := range from {
		have += d.sites[p.site].nodes
	}
	if e.Pods < 1 || int64(e.Pods) > have {
		return fmt.Errorf("cannot make %d pods of revision %d %s: %d could be", e.Pods, e.Revision, past(e.Type), have)
	}
	left := int64(e.Pods)
	for _, p := range from {
		n := min(left, d.sites[p.site].nodes)
		if left -= n; n == 0 {
			break
		}
		s := &d.sites[d.split(p.site, n)]
		switch e.Type {
		case EventReady:
			s.pods[p.pod].ready, s.pods[p.pod].at = true, d.now
		case EventUnready:
			s.pods[p.pod].ready, s.pods[p.pod].at = false, never
		default:
			d.take(s, p.pod)
		}
	}
	return nil
}

// node takes nodes down, the first in their order, or brings them back. On a
// node that is down no pod is ready and none that terminates is gone; when it
// is back its pods start anew.
func (d *daemonSet) node(e Event) error {
	down := e.Up == 0
	n := e.Down
	if !down {
		n = e.Up
	}
	if e.Down != 0 && e.Up != 0 || n < 1 {
		return fmt.Errorf("say how many nodes go down, or how many come up")
	}
	var have int64
	var from []int
	d.arrange()
	for i := range d.sites {
		if d.sites[i].down != down {
			from = append(from, i)
			have += d.sites[i].nodes
		}
	}
	if int64(n) > have {
		return fmt.Errorf("cannot take %d nodes %s: %d could be", n, map[bool]string{true: "down", false: "up"}[down], have)
	}
	left := int64(n)
	for _, i := range from {
		k := min(left, d.sites[i].nodes)
		if left -= k; k == 0 {
			break
		}
		d.turn(&d.sites[d.split(i, k)], down)
	}
	return nil
}

// turn takes the nodes of a site down or up.
func (d *daemonSet) turn(s *site, down bool) {
	s.down = down
	s.leaving = slices.Clone(s.leaving)
	for i := range s.pods {
		if p := &s.pods[i]; p.revision != 0 && down {
			p.ready, p.at = false, never
		} else if p.revision != 0 {
			p.at = later(d.now, d.revision(p.revision).pace.ready)
		}
	}
	if !down && d.kubelet.termination == TerminateInstant {
		s.leaving = nil
	}
	for i := range s.leaving {
		s.leaving[i].at = never
		if !down {
			s.leaving[i].at = later(d.now, d.revision(s.leaving[i].revision).pace.leave)
		}
	}
}

// reap ends the pods that terminate, where the kubelet is in reach.
func (d *daemonSet) reap() (any bool) {
	for i := range d.sites {
		if s := &d.sites[i]; !s.down && len(s.leaving) > 0 {
			s.leaving, any = nil, true
		}
	}
	return any
}
