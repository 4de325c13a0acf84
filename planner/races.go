package planner

import (
	"slices"
	"strings"
)

// The Deployment controller and the ReplicaSet controllers run at the same
// time. Between two quiescent states the Deployment controller may act on the
// status of a ReplicaSet from before its pods changed, or from when only some
// of them had. Nearly always the end is the same, because a late status only
// makes it wait. There are three exceptions, and a step names where else
// they may lead:
//
//  1. replicas is lowered in mid-rollout. The sizes are new, the statuses are
//     not: old 6 wanted/2 ready and new 8/4, scaled 12 -> 4 with surge 2, becomes
//     3 and 3; if the controller runs again before the statuses follow, it
//     counts 4 available pods in a ReplicaSet of 3, thinks that the old pods can
//     go, and ends in 0 and 4 instead of 1 and 4.
//  2. pods of two ReplicaSets become ready or available in one batch, and the
//     controller looks in between: pods that are counted as not available are
//     cleaned up although they are.
//  3. the new ReplicaSet takes over a longer minReadySeconds, after an edit or
//     an undo to it, and pods of it are available no more. The pass that writes
//     this ends there: isScalingEvent writes it, the strategy writes it once
//     more from the same cache, and the API server reports a conflict. The next
//     pass comes 5 ms later and counts what the ReplicaSet has reported by then.
//     5 replicas with surge 1 and unavailable 1, 4 and 2 waiting, undone to the
//     4: if they still count as available, the 2 go and the 4 become 5, else
//     nothing may move.
const (
	raceScale = "the Deployment controller may run again before the ReplicaSets report fewer available pods"
	raceYoung = "the Deployment controller may run again before the ReplicaSet reports that its pods are available no more"
	raceBatch = "pods of several ReplicaSets change at once, and the Deployment controller may count before all have reported"
)

// Bounds of explore, for huge rollouts and for scenarios that race again and
// again: how many passes it tries at one step, in one run, and from one state,
// and how many of the statuses that one ReplicaSet reports on the way it tries
// in any case. Outcomes stay valid where they bind, but there may be more of
// them.
const (
	maxExplored     = 20_000
	maxExploredAll  = 100_000
	maxCombinations = 2048
	fewGlimpses     = 16
)

// An explorer collects the states in which the controllers may come to rest.
type explorer struct {
	todo  []*deployment
	seen  map[string][][]counts // by all but the statuses: the statuses that were looked at
	ends  map[string]bool
	found []*deployment
	tries int // left
	probe deployment
}

// explore returns the quiescent states that the controllers may reach from
// here, other than the one that settle reaches.
//
// A state is one right after a pass of the Deployment controller, with the
// pods where the sizes want them. From each, the controllers may come to rest
// undisturbed, with the statuses as they are or as they should be; or the next
// pass of the Deployment controller comes while they are at any point of their
// way. Sometimes it comes twice in a row,
// so that the pods follow only the second size.
func (d *deployment) explore(why string) []Alternative {
	e := &explorer{seen: map[string][][]counts{}, ends: map[string]bool{}, tries: min(maxExplored, maxExploredAll-d.explored)}
	granted := e.tries
	first := d.clone()
	first.settle()
	e.ends[first.key()] = true
	start := d.clone()
	if !start.spec.Paused {
		start.adopt(start.target())
	}
	e.add(start)
	for n := 0; n < len(e.todo) && e.tries > 0; n++ {
		state := e.todo[n]
		e.end(state.clone())
		told := state.clone()
		for _, rs := range told.sets {
			told.observe(rs)
		}
		e.end(told)
		state.eachGlimpse(0, state.glimpsesEach(), e.pass)
	}
	d.explored += granted - e.tries
	return alternatives(e.found, why)
}

// end lets the controllers come to rest.
func (e *explorer) end(d *deployment) {
	d.settle()
	if key := d.key(); !e.ends[key] {
		e.ends[key] = true
		e.found = append(e.found, d)
	}
}

// agesAnew says that pods of the new ReplicaSet are available no more once it
// has the Deployment's minReadySeconds.
func (d *deployment) agesAnew() bool {
	target := d.target()
	if target == nil || d.spec.Paused || target.minReadySeconds >= d.spec.MinReadySeconds {
		return false
	}
	adopted := *target
	adopted.minReadySeconds = d.spec.MinReadySeconds
	return adopted.available(d.now) < target.observed.available
}

// pass lets the Deployment controller act on the statuses that it sees.
func (e *explorer) pass(seen *deployment) {
	if e.tries == 0 {
		return
	}
	e.tries--
	if e.probe.copyFrom(seen); !e.probe.acts() {
		return
	}
	c := e.probe.clone()
	again := c.clone()
	c.manageAll()
	e.add(c)
	if again.acts() {
		again.manageAll()
		e.add(again)
	}
}

// acts is a pass of the Deployment controller that writes something, if need
// be only after it has updated its own status.
func (d *deployment) acts() bool {
	before := d.writes
	if d.sync() && d.writes == before {
		d.sync()
	}
	return d.writes != before
}

// manageAll lets the pods follow the sizes, without the statuses.
func (d *deployment) manageAll() {
	for _, rs := range d.sets {
		d.manage(rs)
	}
}

// add remembers a state to go on from, unless one like it is known whose
// statuses lag behind further: everything that can come of this one can come
// of that one.
func (e *explorer) add(d *deployment) {
	var at []counts
	for _, rs := range d.sets {
		at = append(at, rs.lag(d.now))
	}
	key := d.key()
	for _, known := range e.seen[key] {
		if lagsBehind(known, at) {
			return
		}
	}
	e.seen[key] = append(e.seen[key], at)
	e.todo = append(e.todo, d)
}

// lag is how far a status is from the truth.
func (rs *replicaSet) lag(now ms) counts {
	is := rs.count(now)
	return counts{is.replicas - rs.observed.replicas, is.ready - rs.observed.ready, is.available - rs.observed.available}
}

// lagsBehind says that each status of a is at least as far from the truth as
// that of b, and in the same direction.
func lagsBehind(a, b []counts) bool {
	further := func(a, b int32) bool { return b == 0 || b > 0 && a >= b || b < 0 && a <= b }
	for i := range a {
		if !further(a[i].replicas, b[i].replicas) || !further(a[i].available, b[i].available) {
			return false
		}
	}
	return true
}

// eachGlimpse calls visit for every combination of statuses on the way from
// what is observed to what is true, from the i-th ReplicaSet on, of which it
// takes at most a number each.
func (d *deployment) eachGlimpse(i, most int, visit func(*deployment)) {
	if i == len(d.sets) {
		visit(d)
		return
	}
	rs := d.sets[i]
	start, is := rs.observed, rs.count(d.now)
	defer func() { rs.observed = start }()
	for _, glimpse := range some(glimpses(start, is), most) {
		rs.observed = glimpse
		d.eachGlimpse(i+1, most, visit)
	}
}

// glimpsesEach is how many statuses of each ReplicaSet are tried, so that there
// are not too many combinations: all of them for 20 pods of one and 30 of
// another, 16 of a thousand.
func (d *deployment) glimpsesEach() int {
	var lengths []int
	most := fewGlimpses
	for _, rs := range d.sets {
		n := len(glimpses(rs.observed, rs.count(d.now)))
		lengths, most = append(lengths, n), max(most, n)
	}
	for ; most > fewGlimpses; most-- {
		product := 1
		for _, n := range lengths {
			product = min(product*min(n, most), maxCombinations+1)
		}
		if product <= maxCombinations {
			break
		}
	}
	return most
}

// some are so many items of a list, or all of them, the first and the last
// included.
func some(list []counts, most int) []counts {
	if len(list) <= most {
		return list
	}
	few := make([]counts, most)
	for i := range few {
		few[i] = list[i*(len(list)-1)/(most-1)]
	}
	return few
}

// glimpses are the statuses on the way from one to another, both included.
// Pods become ready, or are deleted, one after the other; pods that are not
// ready are deleted first, and those that are not available before others.
//
//	7 pods of which 4 are available, 4 are deleted: 7/4 6/4 5/4 4/4 3/3
//
// Time makes pods available all at once, as it does where minReadySeconds has
// become longer: 5 ready pods of which 0 are available, of which 5 are.
func glimpses(from, to counts) []counts {
	list := []counts{from}
	at := from
	if aged := (to.ready - to.available) - (from.ready - from.available); aged > 0 && to.available < from.available {
		at.available = max(0, from.available-aged)
		list = append(list, at)
	}
	waiting := (to.replicas - to.ready) - (from.replicas - from.ready)
	stride := 1 + max(distance(from.replicas, to.replicas), distance(from.ready, to.ready))/maxCombinations
	for at != to {
		switch {
		case at.replicas != to.replicas && waiting != 0:
			n := within(waiting, stride)
			at.replicas += n
			waiting -= n
		case at.replicas == to.replicas && at.ready == to.ready:
			at = to
		case at.ready > to.ready:
			at.replicas += within(to.replicas-at.replicas, stride)
			at.ready += within(to.ready-at.ready, stride)
			at.available = min(at.available, at.ready)
		default:
			at.replicas += within(to.replicas-at.replicas, stride)
			at.ready += within(to.ready-at.ready, stride)
			at.available += within(to.available-at.available, stride)
		}
		list = append(list, at)
	}
	return list
}

// distance is how far two numbers of pods are apart.
func distance(a, b int32) int32 { return max(a-b, b-a) }

// within is n, or the nearest number that is at most the limit from 0.
func within(n, limit int32) int32 { return max(-limit, min(limit, n)) }

// key tells states apart by all that the controllers go by but the statuses of
// the ReplicaSets.
func (d *deployment) key() string {
	var b strings.Builder
	write := func(n int32) {
		b.Write([]byte{byte(n), byte(n >> 8), byte(n >> 16), byte(n >> 24)})
	}
	for _, rs := range d.sets {
		if rs.gone {
			continue
		}
		for _, n := range []int32{int32(rs.revision), rs.replicas, rs.desiredNote, rs.maxNote, rs.waiting.count(), rs.ready.count(), rs.available(d.now), int32(rs.leaving.count())} {
			write(n)
		}
	}
	return b.String()
}

// alternatives writes states as a step does, in a fixed order.
func alternatives(states []*deployment, why string) []Alternative {
	var list []Alternative
	for _, d := range states {
		list = append(list, Alternative{Revisions: (&run{d: d}).revisions(), Why: why})
	}
	slices.SortFunc(list, func(a, b Alternative) int {
		return slices.CompareFunc(a.Revisions, b.Revisions, func(a, b Revision) int {
			for _, c := range []int32{b.Desired - a.Desired, b.Ready - a.Ready, b.Available - a.Available} {
				if c != 0 {
					return int(c)
				}
			}
			return a.Revision - b.Revision
		})
	})
	return slices.CompactFunc(list, func(a, b Alternative) bool { return slices.Equal(a.Revisions, b.Revisions) })
}
