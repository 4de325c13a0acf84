package planner

// maxSteps is how many steps a plan holds at most.
const maxSteps = 10_000

// A run is one simulation written down: the first steps as they are, and the
// totals over all of them.
type run struct {
	d     *deployment
	limit int
	steps []Step
	times []moment
	terse bool // leave out the reasons
	slab  []Revision

	total                        int64 // steps, also those not kept
	peak, physical, low, waiting int64 // most pods, with terminating ones, fewest available, most not ready
	lowReady                     int64 // fewest ready
	met                          []Hazard
	waited                       int // the first step after a wait, or 0
}

// A moment is when a step is reached in one run of timed mode.
type moment struct {
	at      ms
	skipped float64 // seconds to add
	open    bool    // at is only the least that is known
}

// record writes the present state down as the next step.
func (r *run) record(event EventType) {
	d := r.d
	s := r.state()
	r.watch(event, s)
	r.observe(s)
	if len(r.steps) < r.limit {
		s.Index, s.Event = int(r.total), string(event)
		s.Revisions, s.Alternatives = r.revisions(), d.others
		if !r.terse {
			s.Why = d.why(event)
		}
		r.steps = append(r.steps, s)
		r.times = append(r.times, r.clock())
	}
	r.total++
	d.moves, d.others, d.late = d.moves[:0], nil, 0
}

// state sums the pods up, without the revisions.
func (r *run) state() (s Step) {
	d := r.d
	for _, rs := range d.sets {
		s.Pods += int64(rs.observed.replicas)
		s.Available += int64(rs.observed.available)
		s.Terminating += int64(rs.leaving.count())
	}
	_, unavailable := d.spec.Strategy.Resolve(d.spec.Replicas)
	s.Conditions = Conditions{
		Available:   s.Available >= int64(d.spec.Replicas)-int64(unavailable),
		Progressing: d.progress.reason != reasonTimedOut,
	}
	return s
}

// observe adds a state to the totals.
func (r *run) observe(s Step) {
	var ready int64
	for _, rs := range r.d.sets {
		ready += int64(rs.observed.ready)
	}
	if r.total == 0 {
		r.low, r.lowReady = s.Available, ready
	}
	r.peak = max(r.peak, s.Pods)
	r.physical = max(r.physical, s.Pods+s.Terminating)
	r.low, r.lowReady = min(r.low, s.Available), min(r.lowReady, ready)
	r.waiting = max(r.waiting, s.Pods-ready)
}

// revisions lists the ReplicaSets, oldest first. Those without a pod, wanted
// or terminating, are left out, but for the newest.
func (r *run) revisions() []Revision {
	d := r.d
	newest := d.lastCreated()
	if cap(r.slab)-len(r.slab) < len(d.sets) {
		r.slab = make([]Revision, 0, max(64, len(d.sets), min(cap(r.slab)*2, 4096)))
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
			NotReady: rs.observed.replicas - rs.observed.ready, Terminating: rs.leaving.count(),
		})
	}
	return r.slab[from:len(r.slab):len(r.slab)]
}
