package planner

// due is the next moment at which a pod changes by itself: it becomes ready,
// it has been ready for minReadySeconds, or it is gone. Without timed mode only
// the second happens by the clock.
func (d *deployment) due() ms { return d.earlier(d.nextLiving(), d.nextGone()) }

// nextLiving is when the next pod becomes ready or available.
func (d *deployment) nextLiving() ms {
	at := never
	for _, rs := range d.sets {
		at = min(at, rs.waiting.next())
		if rs.minReadySeconds == 0 {
			continue
		}
		for i := range rs.ready {
			if available := rs.ready[i].at + seconds(rs.minReadySeconds); available > d.now {
				at = min(at, available)
			}
		}
	}
	return at
}

// pass lets time pass until the given moment. What is due on the way happens
// at its own time, and the controllers react to each; what is left then is that
// the progress deadline may have passed.
func (d *deployment) pass(until ms) {
	for {
		at := d.due()
		if at > until {
			break
		}
		d.tick(max(at, d.now))
	}
	d.now = until
	if d.overdue(until) && d.progress.reason != reasonTimedOut {
		d.settle()
	}
}

// tick moves to the moment at which something is due, lets it happen as one
// batch, and lets the controllers react.
func (d *deployment) tick(at ms) {
	if d.fork(d.overdue(at - 1)) { // the deadline passed before this batch
		d.progress.reason = reasonTimedOut
		d.late = max(d.late, at-d.progress.since)
	}
	d.now = at
	changed := 0
	for _, rs := range d.sets {
		n := rs.waiting.takeDue(at)
		rs.ready.add(at, n)
		d.letGo(rs)
		if n > 0 && rs.pace.open {
			d.opened = true
		}
		if rs.count(at) != rs.observed {
			changed++
		}
		rs.ready.mergeBefore(at - d.horizon)
	}
	d.react(changed > 1, raceBatch)
}

// react lets the controllers react to a change. several says that the change
// is one in which they race.
func (d *deployment) react(several bool, why string) {
	if several && !d.quiet {
		d.others = d.explore(why)
	}
	d.settle()
}
