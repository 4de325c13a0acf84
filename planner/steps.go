package planner

import (
	"math"
	"slices"
)

// maxSteps is how many steps a plan holds at most.
const maxSteps = 10_000

// record writes the present state down as the next step.
func (r *run) record(event EventType) {
	d := r.d
	s := r.state()
	r.watch(event, s)
	r.observe(s, r.ready(), r.total == 0)
	if r.total < int64(r.limit) {
		r.makeRoom()
		r.times = append(r.times, moment{d.now, d.skipped, d.opened})
		s.Event, s.Revisions = string(event), r.revisions()
		if r.model == nil {
			r.keep(event, s)
		} else {
			r.compare(s)
		}
	}
	r.total++
	r.replicas = d.spec.Replicas
	d.moves, d.others, d.late = d.moves[:0], nil, 0
}

// makeRoom takes, once a run has turned out to be long, the memory for all the
// steps that it may keep, so that they are not copied again and again.
func (r *run) makeRoom() {
	if r.total != 256 {
		return
	}
	more := r.limit - int(r.total)
	r.times = slices.Grow(r.times, more)
	if r.model == nil {
		r.steps, r.ends = slices.Grow(r.steps, more), slices.Grow(r.ends, more)
		r.whys.Grow(more * r.whys.Len() / 240) // numbers become longer
	}
}

// keep adds a step to those of the plan.
func (r *run) keep(event EventType, s Step) {
	s.Index, s.Alternatives = int(r.total), r.d.others
	r.steps = append(r.steps, s)
	r.why = r.d.why(r.why[:0], event)
	r.whys.Write(r.why)
	r.ends = append(r.ends, r.whys.Len())
}

// reasons gives the steps from the given one on their reasons: pieces of one
// string, because ten thousand small ones take longer than the simulation.
func (r *run) reasons(from int) {
	all, start := r.whys.String(), 0
	for i, end := range r.ends {
		if i >= from {
			r.steps[i].Why = all[start:end]
		}
		start = end
	}
}

// compare notes whether a step is the one that the model has in this place,
// but for its terminating pods, and takes back the room of its revisions.
func (r *run) compare(s Step) {
	r.slab = r.slab[:len(r.slab)-len(s.Revisions)]
	if r.differs || r.total >= int64(len(r.model.steps)) {
		r.differs = true
		return
	}
	other := r.model.steps[r.total]
	r.differs = s.Event != other.Event || !alike(s.Revisions, other.Revisions)
}

// alike says that two lists of revisions have the same pods, terminating ones
// aside. A revision without others does not count.
func alike(a, b []Revision) bool {
	for {
		a, b = skipDead(a), skipDead(b)
		if len(a) == 0 || len(b) == 0 {
			return len(a) == len(b)
		}
		x, y := a[0], b[0]
		x.Terminating, y.Terminating = 0, 0
		if x != y {
			return false
		}
		a, b = a[1:], b[1:]
	}
}

// skipDead drops leading revisions that have no pod and want none.
func skipDead(list []Revision) []Revision {
	for len(list) > 0 && list[0].Desired == 0 && list[0].Ready == 0 && list[0].NotReady == 0 {
		list = list[1:]
	}
	return list
}

// state sums the pods up, without the revisions.
func (r *run) state() (s Step) {
	d := r.d
	for _, rs := range d.sets {
		s.Pods += int64(rs.observed.replicas)
		s.Available += int64(rs.observed.available)
		s.Terminating += rs.leaving.count()
	}
	s.Conditions = Conditions{
		Available:   s.Available >= int64(d.spec.Replicas)-int64(d.unavailable),
		Progressing: d.progress.reason != reasonTimedOut,
	}
	return s
}

// ready counts the ready pods.
func (r *run) ready() (n int64) {
	for _, rs := range r.d.sets {
		n += int64(rs.observed.ready)
	}
	return n
}

// revisions lists the ReplicaSets, oldest first. Those without a pod, wanted
// or terminating, are left out, but for the newest.
func (r *run) revisions() []Revision {
	d := r.d
	newest := d.lastCreated()
	if cap(r.slab)-len(r.slab) < len(d.sets) {
		r.slab = make([]Revision, 0, max(16, len(d.sets), min(cap(r.slab)*4, 4096)))
	}
	from := len(r.slab)
	for _, rs := range d.sets {
		if rs.replicas == 0 && rs.observed.replicas == 0 && len(rs.leaving) == 0 && rs != newest {
			continue
		}
		as := 0
		if rs.number != int64(rs.revision) && !rs.gone {
			as = int(rs.number)
		}
		r.slab = append(r.slab, Revision{
			Revision: rs.revision, As: as, Desired: rs.replicas,
			Ready: rs.observed.ready, Available: rs.observed.available,
			NotReady: rs.observed.replicas - rs.observed.ready, Terminating: int32(min(rs.leaving.count(), math.MaxInt32)),
		})
	}
	return r.slab[from:len(r.slab):len(r.slab)]
}
