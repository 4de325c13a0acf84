package planner

import (
	"fmt"
	"math"
)

// simulateDaemonSet plays a scenario on a DaemonSet.
func simulateDaemonSet(spec Spec, sc Scenario) (Plan, error) {
	if err := spec.checkDaemonSet(); err != nil {
		return Plan{}, err
	}
	high, low, err := told(sc, func(k kubelet) controller { return startDaemonSet(spec, k, sc) })
	if err != nil {
		return Plan{}, err
	}
	p := high.plan(sc, low)
	d := high.c.(*daemonSet)
	surge, unavailable := d.limits()
	s := d.spec.Strategy
	p.Strategy = ResolvedStrategy{OnNodes: true, Type: s.Type, SurgePods: int32(surge), UnavailablePods: int32(unavailable)}
	if s.Type == RollingUpdate {
		p.Strategy.MaxSurge, p.Strategy.MaxUnavailable = s.MaxSurge.String(), s.MaxUnavailable.String()
	}
	p.Replicas = FromTo{From: spec.Replicas, To: spec.Replicas}
	p.Bounds = Bounds{MaxPods: int64(spec.Replicas) + surge, MinAvailable: max(0, int64(spec.Replicas)-unavailable)}
	p.Assumptions = []string{fmt.Sprintf("the DaemonSet has a pod on each of %d nodes", spec.Replicas)}
	if low != nil {
		p.Assumptions = append(p.Assumptions, sc.Assumptions.texts(spec.Pod)...)
	}
	if p.Outcome == Stalled {
		p.Hazards = append(p.Hazards, d.stall(int(high.total-1)))
	}
	p.IfBad = daemonSetIfBad(spec, sc)
	return p, nil
}

// daemonSetIfBad plays the same change with a new version that never becomes
// ready, and then the undo. A DaemonSet has no deadline, so nothing notices.
//
//	5 nodes, maxUnavailable 2: 3 old and 2 new; 3 serve on
//	5 nodes, maxSurge 2: 5 old and 2 new; all 5 serve on
func daemonSetIfBad(spec Spec, sc Scenario) *IfBad {
	if len(sc.Events) != 2 || sc.Events[0].Type != EventUpdate || !sc.runsToEnd() {
		return nil
	}
	sc.Readiness = Never
	d := startDaemonSet(spec, kubelet{sc.Readiness, sc.Termination, sc.Assumptions, longest}, sc)
	s := newChronicle(d, sc)
	if err := s.play(sc.Events); err != nil || d.outcome(sc) != Stalled {
		return nil
	}
	d.reap()
	step, _ := d.look()
	bad := &IfBad{Outcome: Stalled, Revisions: step.Revisions, Available: step.Available, Undo: []Step{}}
	plateau := len(s.steps)
	if err := s.play([]Event{{Type: EventUndo}, sc.Events[1]}); err == nil {
		bad.Undo = s.steps[plateau:]
	}
	return bad
}

// tally counts the pods of each revision into the given list. A revision's
// desired pods are those that it has and, for the template's, those that nodes
// still lack.
func (d *daemonSet) tally(list []Revision) []Revision {
	list = append(list[:0], make([]Revision, len(d.history))...)
	for i := range list {
		list[i].Revision = i + 1
	}
	current := d.current()
	for i := range d.sites {
		at := &d.sites[i]
		n := int32(at.nodes)
		for _, p := range at.pods {
			if p.revision == 0 {
				continue
			}
			r := &list[p.revision-1]
			r.Desired += n
			if p.ready {
				r.Ready += n
			} else {
				r.NotReady += n
			}
			if d.available(p) {
				r.Available += n
			}
		}
		if at.count() == 0 && current > 0 {
			list[current-1].Desired += n
		}
		for _, p := range at.leaving {
			r := &list[p.revision-1]
			r.Terminating = int32(min(int64(r.Terminating)+at.nodes, math.MaxInt32))
		}
	}
	return list
}

// changes plays something and reports whether it changed anything but
// terminating pods.
func (d *daemonSet) changes(play func()) bool {
	d.before = d.tally(d.before)
	play()
	d.after = d.tally(d.after)
	return !alike(d.before, d.after)
}

// look implements controller.
func (d *daemonSet) look() (s Step, ready int64) {
	d.after = d.tally(d.after)
	list := d.after
	newest := 0
	for i, r := range d.history {
		if !r.gone || list[i] != (Revision{Revision: i + 1}) {
			newest = i
		}
	}
	s.Revisions = make([]Revision, 0, 2)
	for i, r := range list {
		if r == (Revision{Revision: i + 1}) && i != newest {
			continue
		}
		if number := d.history[i].number; number != int64(i+1) && !d.history[i].gone {
			r.As = int(number)
		}
		s.Revisions = append(s.Revisions, r)
		s.Pods += int64(r.Ready) + int64(r.NotReady)
		s.Available += int64(r.Available)
		s.Terminating += int64(r.Terminating)
		ready += int64(r.Ready)
	}
	s.Conditions = Conditions{Available: true, Progressing: true, None: true}
	s.NodesDown = int64(d.spec.Replicas) - d.desired()
	s.Alternatives = d.others
	return s, ready
}

// updated counts nodes that can run a pod: all of them, and those whose only
// pod is of the template and available.
func (d *daemonSet) updated() (nodes, done int64) {
	current := d.current()
	for i := range d.sites {
		s := &d.sites[i]
		if s.down {
			continue
		}
		nodes += s.nodes
		if s.count() == 1 && s.pods[0].revision == current && d.available(s.pods[0]) {
			done += s.nodes
		}
	}
	return nodes, done
}

// outcome implements controller. Nodes that are down do not count: the
// rollout is complete without them, and they follow when they are back.
func (d *daemonSet) outcome(sc Scenario) Outcome {
	nodes, done := d.updated()
	switch {
	case done == nodes && d.writes == 0:
		return Nothing
	case done == nodes:
		return Complete
	case d.spec.Strategy.Type == OnDelete && !d.waits():
		return Waiting
	case sc.runsToEnd() && min(d.nextLiving(), d.nextFree()) >= never && d.kubelet.readiness != Manual && d.kubelet.termination != TerminateManual:
		return Stalled
	default:
		return Waiting
	}
}

// waits says that some pod on a node in reach is not available.
func (d *daemonSet) waits() bool {
	for i := range d.sites {
		for _, p := range d.sites[i].pods {
			if p.revision != 0 && !d.sites[i].down && !d.available(p) {
				return true
			}
		}
	}
	return false
}

// The fields that bind a DaemonSet.
const (
	fieldUpdateType        = "spec.updateStrategy.type"
	fieldUpdateSurge       = "spec.updateStrategy.rollingUpdate.maxSurge"
	fieldUpdateUnavailable = "spec.updateStrategy.rollingUpdate.maxUnavailable"
)

// dangers implements controller.
func (d *daemonSet) dangers(s Step, before extremes) (list []Hazard) {
	_, unavailable := d.limits()
	needed := int64(d.spec.Replicas) - unavailable
	if s.Available == 0 && before.minAvailable > 0 {
		list = append(list, Hazard{Hazard: HazardZeroAvailable, Field: fieldUpdateUnavailable,
			Message: fmt.Sprintf("no pod available of %s wanted", digits(d.spec.Replicas))})
	}
	if s.Available > 0 && s.Available < needed && d.spec.Strategy.Type == RollingUpdate {
		list = append(list, Hazard{Hazard: HazardBelowBounds, Field: fieldUpdateUnavailable,
			Message: fmt.Sprintf("%s available, and the strategy promises %d", podCount(nil, s.Available), needed)})
	}
	return list
}

// stall says where the rollout stopped, and which field holds it there.
func (d *daemonSet) stall(step int) Hazard {
	h := Hazard{Hazard: HazardStalls, Step: step, Field: fieldUpdateUnavailable}
	if surge, _ := d.limits(); surge > 0 {
		h.Field = fieldUpdateSurge
	}
	nodes, done := d.updated()
	h.Message = fmt.Sprintf("stops with %d of %d nodes on the new version: %s", done, nodes, d.standstill(EventRun))
	if d.kubelet.readiness == Timed {
		if field, cause := d.kubelet.assumptions.blocker(*d.pods[d.template-1], d.kubelet.bound); cause != "" {
			h.Field, h.Message = field, fmt.Sprintf("%s: the rollout stops with %d of %d nodes on the new version", cause, done, nodes)
		}
	}
	return h
}
