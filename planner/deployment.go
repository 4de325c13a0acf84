package planner

import (
	"slices"
)

// A deployment is one Deployment in simulation: the object as the user last
// left it, its ReplicaSets with their pods, and the time.
type deployment struct {
	now                ms            // since the story began, but for what was skipped
	spec               Spec          // as the user last left it
	surge, unavailable int32         // the strategy of spec in pods
	template           int           // which pod template spec holds, counted from 1
	pods               []*Pod        // of each template that was ever written
	sets               []*replicaSet // oldest first by creation
	created            int           // ReplicaSets that were ever created

	status   totals   // as the Deployment controller last wrote it
	unseen   bool     // the user has changed the object since (status.observedGeneration)
	progress progress // the Progressing condition

	kubelet kubelet // how pods get ready and go
	horizon ms      // no pod's age beyond this makes a difference

	writes   int           // spec changes that the controllers made to ReplicaSets
	moves    []move        // what was written since the last step, for its reason
	opened   bool          // now rests on a duration that nothing bounds
	late     ms            // the longest leg since the last step that exceeded the progress deadline
	trail    uint64        // which way every comparison went; see stretch.go
	skipped  float64       // seconds that were jumped over
	others   []Alternative // where the controllers raced since the last step
	explored int           // passes that were tried for their sake
	quiet    bool          // nobody will read about races
	dropped  bool          // there may be deleted ReplicaSets among sets
	refused  bool          // the API server refused a write of this pass
	begun    bool          // from a start, not from a finished rollout
}

// newDeployment is a Deployment that has been running one revision for ever:
// every pod is available and nothing is going on.
func newDeployment(spec Spec, k kubelet, horizon ms) *deployment {
	surge, _ := spec.Strategy.Resolve(spec.Replicas)
	rs := &replicaSet{
		revision: 1, template: 1, number: 1,
		replicas: spec.Replicas, minReadySeconds: spec.MinReadySeconds,
		desiredNote: spec.Replicas, maxNote: spec.Replicas + surge,
		pace: k.pace(spec.Pod),
	}
	rs.ready.add(longAgo, spec.Replicas)
	rs.observed = rs.count(0)
	d := &deployment{
		template: 1, pods: []*Pod{&spec.Pod},
		sets: []*replicaSet{rs}, created: 1,
		progress: progress{reason: reasonAvailable},
		kubelet:  k, horizon: horizon,
	}
	d.setSpec(spec)
	d.status = d.total(rs)
	if !d.hasDeadline() {
		d.progress = progress{}
	}
	return d
}

// setSpec is how the user leaves the object.
func (d *deployment) setSpec(spec Spec) {
	d.spec = spec
	d.surge, d.unavailable = spec.Strategy.Resolve(spec.Replicas)
}

// pod is what the present template makes.
func (d *deployment) pod() Pod { return *d.pods[d.template-1] }

// target is the ReplicaSet whose template is the Deployment's, or nil.
// Everything else is old.
//
// Mirrors FindNewReplicaSet: of several with that template the oldest wins, so
// a template that comes back finds its old ReplicaSet again.
func (d *deployment) target() *replicaSet {
	for _, rs := range d.sets {
		if rs.template == d.template && !rs.gone {
			return rs
		}
	}
	return nil
}

// find is the ReplicaSet with a revision counted from 1 as created, or nil.
func (d *deployment) find(revision int) *replicaSet {
	for _, rs := range d.sets {
		if rs.revision == revision && !rs.gone {
			return rs
		}
	}
	return nil
}

// create adds a ReplicaSet for the Deployment's template.
func (d *deployment) create(replicas, maxNote int32) *replicaSet {
	d.created++
	rs := &replicaSet{
		revision: d.created, template: d.template, number: d.highest(nil) + 1,
		minReadySeconds: d.spec.MinReadySeconds,
		desiredNote:     d.spec.Replicas, maxNote: maxNote,
		pace: d.kubelet.pace(d.pod()),
	}
	d.sets = append(d.sets, rs)
	d.writes++
	d.note(rs, 0, replicas, becauseRoom)
	rs.replicas = replicas
	return rs
}

// resize sets a ReplicaSet's spec.replicas. The two annotations are written
// with every change of the size, and if always, also without one. It reports
// whether the size changed.
//
// Mirrors scaleReplicaSet.
func (d *deployment) resize(rs *replicaSet, replicas int32, always bool, why because) bool {
	if rs.replicas == replicas && !always {
		return false
	}
	if replicas < 0 { // only an overflow asks for this, and the API server says no
		d.refused = true
		return false
	}
	desired, limit := d.spec.Replicas, d.spec.Replicas+d.surge
	if rs.replicas == replicas && rs.desiredNote == desired && rs.maxNote == limit {
		return false
	}
	rs.desiredNote, rs.maxNote = desired, limit
	d.writes++
	if rs.replicas == replicas {
		return false
	}
	d.note(rs, rs.replicas, replicas, why)
	rs.replicas = replicas
	return true
}

// settle lets the controllers run until none of them has anything left to do:
// a pass of the Deployment controller, then every ReplicaSet controller, again
// and again. The real ones run at the same time; where that makes a
// difference, see races.go.
func (d *deployment) settle() {
	for range maxPasses {
		before := d.writes
		statusChanged := d.sync()
		podsChanged := false
		for _, rs := range d.sets {
			managed := d.manage(rs)
			podsChanged = d.observe(rs) || managed || podsChanged
		}
		if d.writes == before && !statusChanged && !podsChanged {
			break
		}
	}
	for _, rs := range d.sets {
		rs.fresh = 0 // the scheduler has found nodes
	}
	if d.dropped {
		d.sets = slices.DeleteFunc(d.sets, func(rs *replicaSet) bool { return rs.gone && len(rs.leaving) == 0 })
		d.dropped = slices.ContainsFunc(d.sets, func(rs *replicaSet) bool { return rs.gone })
	}
}

// maxPasses bounds settle. A rollout needs four passes, a hundred ReplicaSets
// need a few more; the bound only keeps an error of this package from hanging.
const maxPasses = 10_000

// Replica sums in the int32 of the controllers.

// wanted is the sum of spec.replicas over all ReplicaSets. Terminating pods
// are in no sum.
func (d *deployment) wanted() (n int32) {
	for _, rs := range d.sets {
		n += rs.replicas
	}
	return n
}

// fork notes which way a comparison went and passes it on. The notes are how
// stretch.go proves that a billion rounds were all alike.
func (d *deployment) fork(yes bool) bool {
	d.trail *= 1_099_511_628_211
	if yes {
		d.trail++
	}
	return yes
}

// earlier is the earlier moment, and notes which one that was.
func (d *deployment) earlier(a, b ms) ms {
	if d.fork(a < b) {
		return a
	}
	return b
}

// stamp notes a number that says which way some comparisons went.
func (d *deployment) stamp(n int) { d.trail = d.trail*1_099_511_628_211 + uint64(n) }

// least is the smaller number, and notes which one that was.
func (d *deployment) least(a, b int32) int32 {
	if d.fork(a < b) {
		return a
	}
	return b
}

// clone is a copy that shares no pods with the original.
func (d *deployment) clone() *deployment {
	c := &deployment{}
	c.copyFrom(d)
	return c
}

// copyFrom makes d a copy of another, in the memory that it has already.
func (d *deployment) copyFrom(other *deployment) {
	sets, moves := d.sets, d.moves[:0]
	*d = *other
	d.sets, d.moves = sets[:0], moves
	for i, from := range other.sets {
		if i == cap(d.sets) {
			d.sets = slices.Grow(d.sets, len(other.sets)-i)
		}
		d.sets = d.sets[:i+1]
		if d.sets[i] == nil {
			d.sets[i] = &replicaSet{}
		}
		rs := d.sets[i]
		waiting, ready, leaving := rs.waiting[:0], rs.ready[:0], rs.leaving[:0]
		*rs = *from
		rs.waiting, rs.ready, rs.leaving = append(waiting, from.waiting...), append(ready, from.ready...), append(leaving, from.leaving...)
	}
}
