package review

import (
	"fmt"

	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/schema"
	"github.com/rollcast/rollcast/workload"
)

// plan replaces the result's plans by those of the change: from what the base
// left running to what the head wants.
func (c *comparison) plan(res *Result) {
	res.Plans, res.Facts = nil, nil
	for i, ch := range c.changes {
		p := c.of[i]
		if p.head == nil {
			continue
		}
		now := c.after.subjectOf(p.head, p.set)
		if now == nil {
			continue
		}
		var old *subject
		if p.base != nil {
			old = c.before.subjectOf(p.base, p.set)
		}
		live := c.stateOf(p)
		fresh := p.base == nil || p.renamed || ch.Is(Recreated) // its pods start from none
		if !p.renamed {
			ch.restarts(old, now)
		}
		if live != nil && ch.Restarted != nil && *ch.Restarted > 0 && now.workload.Kind == workload.Deployment {
			n := live.others()
			ch.Restarted = &n
		}
		if !ch.IsWorkload() && !fresh && !ch.Is(Rejected) && !ch.Underway {
			continue
		}
		s := *now
		if !s.refused && !ch.Is(Rejected) && !rollsOut(now.workload.Kind) {
			continue
		}
		switch {
		case ch.Is(Rejected) && !s.refused:
			s.plan, s.refused = nil, true
			s.noPlan = "the API server would reject the change: " + ch.Why
		case s.noPlan != "" || s.plan == nil:
		case fresh:
			s.changes(ch, nil, now.workload, nil, c.options.Play)
		case old != nil:
			if live != nil && ch.Is(RolledOut) {
				ch.say(live.undoes(p.head))
			}
			s.changes(ch, old.workload, now.workload, live, c.options.Play)
		}
		if s.plan != nil && c.options.WithoutSteps {
			s.plan.Steps = nil
		}
		ch.Plan = len(res.Plans)
		res.addPlan(&s)
	}
}

// stateOf is where the workload of a live base stands, nil elsewhere.
func (c *comparison) stateOf(p pairing) *liveState {
	live := c.underway[p.base]
	if live != nil {
		if template, ok := TemplatePath(p.head); ok {
			live.back = live.comesBack(schema.Complete(p.head, "", c.options.schema()).At(template))
		}
	}
	return live
}

// rollsOut reports whether a controller replaces the pods of the kind.
func rollsOut(k workload.Kind) bool {
	return k == workload.Deployment || k == workload.StatefulSet || k == workload.DaemonSet
}

// restarts counts the running pods that the change replaces.
//
// Example: 10 pods and 15 wanted with a new template restart 10; 10 and 4 wanted
// restart 4; a StatefulSet of 5 with partition 3 restarts 2.
func (ch *Change) restarts(old, now *subject) {
	if !ch.Is(RolledOut) && !ch.Is(Recreated) || ch.Is(Rejected) || old == nil {
		return
	}
	w := now.workload
	n := int64(min(old.workload.Replicas.Effective, w.Replicas.Effective))
	switch w.Kind {
	case workload.DaemonSet: // a pod on each node, and nobody knows how many those are
		if w.Update == nil || !w.Update.OnDelete {
			return
		}
		n = 0
		ch.say("updateStrategy OnDelete: a pod keeps the old version until somebody deletes it")
	case workload.StatefulSet:
		if u := w.Update; u != nil && u.OnDelete {
			n = 0
			ch.say("updateStrategy OnDelete: a pod keeps the old version until somebody deletes it")
		} else if u != nil && u.Partition > 0 {
			n = max(0, n-int64(u.Partition))
			ch.say(fmt.Sprintf("partition %d: pods with a lower ordinal keep the old version", u.Partition))
		}
	case workload.CronJob:
		n = 0
		ch.say("running Jobs are left alone: the next run has the new version")
	case workload.Job:
		if w.JobSpec == nil || !w.JobSpec.Suspend {
			return
		}
		n = 0
		ch.say("the Job is suspended: its pods have the new template once it is resumed")
	case workload.ReplicaSet, workload.ReplicationController:
		n = 0
		ch.say("its running pods keep the old version: only pods that are created later have the new one")
	case workload.Deployment:
		if w.Paused {
			n = 0
			ch.say("the Deployment is paused: nothing restarts until it is resumed")
		}
	case workload.BarePod:
	}
	ch.Restarted = &n
}

// changes simulates the change for every number of replicas that is asked about.
func (s *subject) changes(ch *Change, old, now *workload.Workload, live *liveState, play *Play) {
	spec, _ := now.Spec(now.Replicas.Effective)
	s.vary(play, spec.Kind, func(v *subject, replicas *int32) { v.change(ch, old, now, live, play, replicas) })
}

// change simulates the rollout from the old workload to the new one; old is nil
// for one that is created. A number of replicas that is asked about stands on
// both sides, the rest of what a play says on the new one.
func (s *subject) change(ch *Change, old, now *workload.Workload, live *liveState, play *Play, replicas *int32) {
	to, ok := now.Spec(now.Replicas.Effective)
	if !ok {
		return
	}
	if to.Kind != planner.Deployment && to.Kind != planner.StatefulSet && old == nil {
		return // the default scenario stays: it has no replicas that could be none
	}
	from := to
	from.Replicas = 0
	if old != nil {
		if from, ok = old.Running(old.Replicas.Effective); !ok || from.Kind != to.Kind {
			return // the default scenario stays: a new template and nothing else
		}
	}
	if to.Kind == planner.DaemonSet && now.Nodes != nil {
		live = nil // other nodes than the cluster's
	}
	switch {
	case live != nil:
		live.keep(now.Document, from, &to)
		if to.Kind == planner.DaemonSet {
			from.Replicas, to.Replicas = live.Nodes, live.Nodes
		}
	case replicas != nil && old != nil:
		from.Replicas = *replicas
	}
	if play != nil {
		if s.noPlan = play.change(&to, replicas); s.noPlan != "" {
			s.plan, s.refused = nil, true
			return
		}
	}
	steady := to.Replicas
	if old != nil && len(now.Autoscalers) > 0 && replicas == nil {
		steady = min(max(from.Replicas, now.Replicas.Min), now.Replicas.Max)
		if old.Replicas.Declared != nil && now.Replicas.Declared == nil {
			to.Replicas = 1 // what the first apply without the field leaves
		}
	}
	sc := to.DefaultScenario()
	run := sc.Events[len(sc.Events)-1]
	apply := planner.Apply(from, to, ch.Is(RolledOut))
	if live != nil && ch.Is(RolledOut) {
		apply.To = live.back
	}
	sc.Events = []planner.Event{apply, run}
	if play != nil {
		sc = play.applied(to, apply)
	}
	if live != nil {
		sc.Start = &live.Start
	}
	plan, err := play.simulate(from, to, sc, now.Document)
	if err != nil {
		if play != nil {
			s.plan, s.noPlan, s.playErr = nil, err.Error(), err
		}
		return
	}
	if play != nil {
		s.plan = &plan
		return
	}
	if bad := plan.IfBad; steady != to.Replicas && old != nil {
		sc.Events = []planner.Event{apply, {Type: planner.EventScale, Replicas: steady}, run}
		if again, err := planner.Simulate(from, sc); err == nil {
			plan, plan.IfBad = again, bad
		}
	}
	s.plan = &plan
	if old != nil && ch.Is(RolledOut) && from.Replicas < to.Replicas && to.Kind == planner.Deployment {
		ch.together = fmt.Sprintf("replicas and template change together: %s of the old version are created first, and replaced at once; two commits avoid that", pods(int64(to.Replicas-from.Replicas)))
		ch.say(ch.together)
	}
	s.atMost(ch, now)
}

// atMost adds what the rollout is at the autoscaler's maximum.
func (s *subject) atMost(ch *Change, now *workload.Workload) {
	if len(now.Autoscalers) == 0 || !ch.Is(RolledOut) || now.Replicas.Max == s.plan.Replicas.To {
		return
	}
	spec, ok := now.Spec(now.Replicas.Max)
	if !ok {
		return
	}
	sc := spec.DefaultScenario()
	sc.MaxSteps = 1
	if plan, err := planner.Simulate(spec, sc); err == nil {
		ch.say(fmt.Sprintf("at %d pods, the maximum of %s, the same rollout needs up to %d pods (%d with terminating ones) and keeps %d available",
			now.Replicas.Max, now.Autoscalers[0].Document.Label(), plan.PeakPods, plan.PeakPodsWithTerminating, plan.MinAvailable))
	}
}
