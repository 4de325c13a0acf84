package planner

// round plays one readiness round and reports whether it took place. A round
// is one batch: pods that were terminating are gone, then waiting pods become
// ready, as many as the mode says; then minReadySeconds pass, and the
// controllers run. In timed mode a round is whatever is due next.
//
// A round in which no pod can become ready does not take place, and what was
// terminating goes on doing so. There is one exception: a Recreate waits for
// the end of its old pods, so a round that ends them and lets the new ones be
// created is one, although nothing becomes ready in it.
func (d *deployment) round() bool {
	if d.kubelet.readiness == Timed {
		return d.timedRound()
	}
	start := d.now
	ready := d.makeReady()
	if ready == 0 && !d.held() {
		return false
	}
	if d.kubelet.termination == TerminateNext {
		for _, rs := range d.sets {
			rs.leaving = rs.leaving[:0]
		}
	}
	d.react(ready > 1, raceBatch)
	d.pass(start + seconds(d.spec.MinReadySeconds))
	return true
}

// held tells whether a Recreate waits for old pods that terminate, and so for
// the next round. One that is stuck for another reason waits for no round.
func (d *deployment) held() bool {
	if d.spec.Strategy.Type != Recreate || d.spec.Paused || d.kubelet.termination != TerminateNext {
		return false
	}
	target, terminating := d.target(), false
	for _, rs := range d.sets {
		terminating = terminating || rs != target && len(rs.leaving) > 0
	}
	return terminating && (target == nil || target.replicas != d.spec.Replicas)
}

// timedRound moves on to the next moment at which pods become ready or
// available, or the controllers do something. Pods that are gone on the way
// make no round; where nothing else is to come, their time is not waited for.
func (d *deployment) timedRound() bool {
	for {
		living, gone := d.nextLiving(), d.nextGone()
		if living >= never && (gone >= never || d.spec.Strategy.Type != Recreate || !d.oldPodsExist(d.target())) {
			return false
		}
		at := d.earlier(living, gone)
		writes, before := d.writes, d.status
		d.tick(max(at, d.now))
		if d.writes != writes || d.status != before {
			return true
		}
	}
}

// makeReady makes waiting pods ready, as many as the readiness mode says, and
// returns how many ReplicaSets had one.
func (d *deployment) makeReady() (sets int) {
	newest := d.lastCreated()
	for i := len(d.sets) - 1; i >= 0; i-- {
		rs := d.sets[i]
		if len(rs.waiting) == 0 || rs.gone {
			continue
		}
		n := rs.waiting.count()
		switch d.kubelet.readiness {
		case Together:
		case OneByOne:
			n = 1
		case Never:
			if rs == newest {
				continue
			}
		case Manual, Timed:
			return 0
		default:
			panic("planner: unknown readiness " + string(d.kubelet.readiness))
		}
		rs.becomeReady(n, d.now)
		sets++
		if d.kubelet.readiness == OneByOne {
			break
		}
	}
	return sets
}

// becomeReady makes n waiting pods ready.
func (rs *replicaSet) becomeReady(n int32, now ms) {
	rs.ready.add(now, rs.waiting.takeFirst(n))
}
