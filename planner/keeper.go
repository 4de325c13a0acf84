package planner

import (
	"fmt"
	"slices"
)

// A keeper is a ReplicaSet, a ReplicationController or a bare Pod in
// simulation. A new template changes nothing: pods keep the version that they
// were made from, and only pods that are created later have the new one. A
// bare Pod has nobody who would create it again.
type keeper struct {
	now      ms
	spec     Spec
	template int
	pods     []*Pod
	sets     []*replicaSet // the pods of each template, oldest first
	kubelet  kubelet
	created  int32
	deleted  int32
	opened   bool
}

var keeperEvents = []EventType{
	EventUpdate, EventReady, EventUnready, EventScale, EventEdit, EventTerminated, EventDelete, EventWait, EventRun,
}

// podEvents are those of a Pod, which has neither replicas nor anything else to
// edit.
var podEvents = []EventType{EventUpdate, EventReady, EventUnready, EventTerminated, EventDelete, EventWait, EventRun}

// simulateKeeper plays a scenario on a ReplicaSet, a ReplicationController or
// a bare Pod.
func simulateKeeper(spec Spec, sc Scenario) (Plan, error) {
	if spec.Replicas < 0 || spec.MinReadySeconds < 0 {
		return Plan{}, fmt.Errorf("replicas is %d and minReadySeconds %d, and neither can be negative", spec.Replicas, spec.MinReadySeconds)
	}
	if spec.Kind == BarePod {
		spec.Replicas = 1
	}
	high, low, err := told(sc, func(k kubelet) controller {
		c := &keeper{spec: spec, template: 1, pods: []*Pod{&spec.Pod}, kubelet: k}
		rs := &replicaSet{revision: 1, minReadySeconds: spec.MinReadySeconds, pace: k.pace(spec.Pod)}
		rs.ready.add(longAgo, spec.Replicas)
		c.sets = []*replicaSet{rs}
		return c
	})
	if err != nil {
		return Plan{}, err
	}
	p := high.plan(sc, low)
	c := high.c.(*keeper)
	p.Strategy = ResolvedStrategy{Kept: string(spec.Kind), Static: spec.Static}
	p.Replicas = FromTo{From: spec.Replicas, To: c.spec.Replicas}
	p.Bounds = Bounds{MaxPods: int64(c.spec.Replicas), MinAvailable: int64(c.spec.Replicas)}
	if c.now == 0 {
		p.DurationSeconds = nil // nothing happens that takes time
	} else if low != nil {
		p.Assumptions = sc.Assumptions.texts(spec.Pod)
	}
	return p, nil
}

// have is the number of pods that do not terminate.
func (c *keeper) have() (n int32) {
	for _, rs := range c.sets {
		n += rs.pods()
	}
	return n
}

// settle creates missing pods of the present template, and deletes those that
// are too many: first those that are not ready, of these the youngest.
func (c *keeper) settle() {
	if c.spec.Kind == BarePod {
		return
	}
	now := c.sets[c.template-1]
	switch have := c.have(); {
	case have < c.spec.Replicas:
		c.created += c.spec.Replicas - have
		now.waiting.add(later(c.now, now.pace.ready), c.spec.Replicas-have)
	case have > c.spec.Replicas:
		surplus := have - c.spec.Replicas
		for _, ready := range []bool{false, true} {
			for i := len(c.sets) - 1; i >= 0; i-- {
				list := &c.sets[i].waiting
				if ready {
					list = &c.sets[i].ready
				}
				n := list.takeLast(surplus)
				surplus -= n
				c.deleted += n
				c.leave(c.sets[i], n)
			}
		}
	}
}

// leave lets pods terminate.
func (c *keeper) leave(rs *replicaSet, n int32) {
	if !rs.pace.instant {
		rs.leaving.add(later(c.now, rs.pace.leave), n)
	}
}

// apply implements controller.
func (c *keeper) apply(e Event) error {
	if c.spec.Kind == BarePod && !slices.Contains(podEvents, e.Type) {
		return unknownEvent(e.Type, BarePod, podEvents)
	}
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
		c.pass(c.now + ms(e.Wait.Milliseconds()))
		return nil
	case EventUpdate:
		if err := c.edit(e.Edit); err != nil {
			return err
		}
		pod := c.pods[c.template-1]
		if e.Pod != nil {
			pod = e.Pod
		}
		c.pods = append(c.pods, pod)
		c.template = len(c.pods)
		c.sets = append(c.sets, &replicaSet{revision: c.template, minReadySeconds: c.spec.MinReadySeconds, pace: c.kubelet.pace(*pod)})
	case EventScale:
		if err := c.edit(&Edit{Replicas: &e.Replicas}); err != nil {
			return err
		}
	case EventEdit:
		if e.Edit == nil {
			return fmt.Errorf("an edit must name what it changes")
		}
		if err := c.edit(e.Edit); err != nil {
			return err
		}
	case EventTerminated:
		c.reap()
	case EventReady, EventUnready, EventDelete:
		if err := c.touch(e); err != nil {
			return err
		}
	default:
		return unknownEvent(e.Type, c.spec.Kind, keeperEvents)
	}
	c.settle()
	return nil
}

// edit changes replicas and minReadySeconds; there is nothing else.
func (c *keeper) edit(e *Edit) error {
	if e == nil {
		return nil
	}
	if *e != (Edit{Replicas: e.Replicas, MinReadySeconds: e.MinReadySeconds}) {
		return fmt.Errorf("of a %s only replicas and minReadySeconds can be edited", c.spec.Kind)
	}
	set(&c.spec.Replicas, e.Replicas)
	set(&c.spec.MinReadySeconds, e.MinReadySeconds)
	if c.spec.Replicas < 0 || c.spec.MinReadySeconds < 0 {
		return fmt.Errorf("replicas is %d and minReadySeconds %d, and neither can be negative", c.spec.Replicas, c.spec.MinReadySeconds)
	}
	for _, rs := range c.sets {
		rs.minReadySeconds = c.spec.MinReadySeconds
	}
	return nil
}

// touch makes pods of one version ready or not, or deletes them.
func (c *keeper) touch(e Event) error {
	if e.Revision < 1 || e.Revision > len(c.sets) {
		return fmt.Errorf("there is no revision %d, only 1 to %d", e.Revision, len(c.sets))
	}
	rs := c.sets[e.Revision-1]
	have := rs.pods()
	switch e.Type {
	case EventReady:
		have = rs.waiting.count()
	case EventUnready:
		have = rs.ready.count()
	}
	if e.Pods < 1 || e.Pods > have {
		return fmt.Errorf("cannot make %d pods of revision %d %s: %d could be", e.Pods, e.Revision, past(e.Type), have)
	}
	switch e.Type {
	case EventReady:
		rs.becomeReady(e.Pods, c.now)
	case EventUnready:
		rs.waiting = slices.Insert(rs.waiting, 0, group{never, rs.ready.takeFirst(e.Pods)})
	default:
		n := rs.ready.takeFirst(e.Pods)
		rs.waiting.takeFirst(e.Pods - n)
		c.leave(rs, e.Pods)
	}
	return nil
}

func (c *keeper) reap() {
	for _, rs := range c.sets {
		rs.leaving = nil
	}
}

// round implements controller.
func (c *keeper) round() bool {
	if c.kubelet.readiness == Timed {
		at := c.next()
		if at >= never {
			return false
		}
		c.tick(at)
		return true
	}
	var any bool
	for i := len(c.sets) - 1; i >= 0; i-- {
		rs := c.sets[i]
		n := rs.waiting.count()
		switch c.kubelet.readiness {
		case Together:
		case OneByOne:
			n = min(n, 1)
		case Never:
			if i == len(c.sets)-1 {
				n = 0
			}
		case Manual, Timed:
			return false
		default:
			panic("planner: unknown readiness " + string(c.kubelet.readiness))
		}
		if n > 0 {
			rs.becomeReady(n, c.now)
			any = true
			if c.kubelet.readiness == OneByOne {
				break
			}
		}
	}
	if !any {
		return false
	}
	if c.kubelet.termination == TerminateNext {
		c.reap()
	}
	c.settle()
	c.pass(c.now + seconds(c.spec.MinReadySeconds))
	return true
}

// next is when a pod becomes ready or available by the clock.
func (c *keeper) next() ms {
	at := never
	for _, rs := range c.sets {
		at = min(at, rs.waiting.next())
		for _, g := range rs.ready {
			if available := g.at + seconds(rs.minReadySeconds); available > c.now {
				at = min(at, available)
			}
		}
	}
	return at
}

func (c *keeper) tick(at ms) {
	c.now = max(c.now, at)
	for _, rs := range c.sets {
		n := rs.waiting.takeDue(c.now)
		rs.ready.add(c.now, n)
		c.opened = c.opened || n > 0 && rs.pace.open
		for len(rs.leaving) > 0 && rs.leaving[0].last() <= c.now {
			rs.leaving = rs.leaving[1:]
		}
	}
	c.settle()
}

func (c *keeper) pass(until ms) {
	for at := c.next(); at <= until; at = c.next() {
		c.tick(at)
	}
	c.tick(until)
}

// leap implements controller. Rounds one by one are as many as the scenario's
// events have asked for pods, so there is nothing to leap over but these.
func (c *keeper) leap(limit int64) int64 {
	if c.kubelet.readiness != OneByOne {
		return 0
	}
	for i := len(c.sets) - 1; i >= 0; i-- {
		rs := c.sets[i]
		n := int64(rs.waiting.count()) - 1
		if limit >= 0 {
			n = min(n, limit)
		}
		if n > 0 && c.spec.MinReadySeconds == 0 {
			rs.becomeReady(int32(n), c.now)
			return n
		}
	}
	return 0
}

// clock implements controller.
func (c *keeper) clock() moment { return moment{at: c.now, open: c.opened} }

// look implements controller.
func (c *keeper) look() (s Step, ready int64) {
	for i, rs := range c.sets {
		n := rs.count(c.now)
		r := Revision{
			Revision: rs.revision, Desired: n.replicas, Ready: n.ready, Available: n.available,
			NotReady: n.replicas - n.ready, Terminating: int32(rs.leaving.count()),
		}
		if r == (Revision{Revision: rs.revision}) && i < len(c.sets)-1 {
			continue
		}
		s.Revisions = append(s.Revisions, r)
		s.Pods += int64(n.replicas)
		s.Available += int64(n.available)
		s.Terminating += int64(r.Terminating)
		ready += int64(n.ready)
	}
	s.Conditions = Conditions{Available: true, Progressing: true, None: true}
	return s, ready
}

// tell implements controller.
func (c *keeper) tell(event EventType) string {
	created, deleted := c.created, c.deleted
	c.created, c.deleted = 0, 0
	old := c.have() - c.sets[c.template-1].pods()
	switch {
	case event == eventStart:
		return string(append(number([]byte("before: "), int64(c.spec.Replicas)), " of revision 1"...))
	case created > 0:
		return string(append(number(append(number(nil, int64(c.spec.Replicas)), " wanted: "...), int64(created)), " created from the present template"...))
	case deleted > 0:
		return string(append(number(append(number(nil, int64(c.spec.Replicas)), " wanted: "...), int64(deleted)), " deleted"...))
	case old > 0 && c.spec.Static:
		return "a static Pod: its kubelet stops it and starts the new one when the file on its node changes; what is applied to the API server changes nothing"
	case old > 0 && c.spec.Kind == BarePod:
		return "a Pod is not replaced: what may change of it changes in place"
	case old > 0:
		return string(append(podCount(nil, int64(old)), " of the old version: only pods that are created later have the new one"...))
	default:
		return string(append(podCount(nil, int64(c.have())), ", and nothing to do"...))
	}
}

// outcome implements controller.
func (c *keeper) outcome(Scenario) Outcome { return Nothing }

// dangers implements controller.
func (c *keeper) dangers(Step, extremes) []Hazard { return nil }
