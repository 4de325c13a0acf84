package planner

// round implements controller. Without surge a node gets its new pod when the
// old one is gone, so a round that ends terminating pods takes place if it
// lets the controller go on, although nothing becomes ready in it.
func (d *daemonSet) round() bool {
	took, _ := d.act(func(d *daemonSet) (bool, error) { return d.playRound(), nil })
	return took
}

func (d *daemonSet) playRound() bool {
	if d.kubelet.readiness == Timed {
		return d.timedRound()
	}
	ready := false
	changed := d.changes(func() {
		ready = d.makeReady()
		held := d.kubelet.termination == TerminateNext && d.reap()
		if ready || held {
			d.settle()
			d.pass(d.now + seconds(d.spec.MinReadySeconds))
		}
	})
	return ready || changed
}

// makeReady makes waiting pods ready, as many as the readiness mode says, and
// reports whether there was one.
func (d *daemonSet) makeReady() (any bool) {
	newest := 0 // of the revisions that exist, the last one that was created
	for i, r := range d.history {
		if !r.gone || d.lives(i+1) {
			newest = i + 1
		}
	}
	last := 0
	for i := range d.sites {
		for _, p := range d.sites[i].pods {
			if p.revision != 0 && !p.ready && !d.sites[i].down {
				last = max(last, p.revision)
			}
		}
	}
	d.arrange()
	for i := 0; i < len(d.sites); i++ {
		for j := range d.sites[i].pods {
			p := d.sites[i].pods[j]
			if p.revision == 0 || p.ready || d.sites[i].down {
				continue
			}
			at := i
			switch d.kubelet.readiness {
			case Together:
			case OneByOne:
				if p.revision != last {
					continue
				}
				at = d.split(i, 1)
			case Never:
				if p.revision == newest {
					continue
				}
			case Manual, Timed:
				return false
			default:
				panic("planner: unknown readiness " + string(d.kubelet.readiness))
			}
			d.sites[at].pods[j].ready, d.sites[at].pods[j].at = true, d.now
			any = true
			if d.kubelet.readiness == OneByOne {
				return true
			}
		}
	}
	return any
}

// timedRound moves on to the next moment at which a pod becomes ready or
// available, or a node is free for its new pod. Pods that are gone without
// that make no round, and their time is not waited for.
func (d *daemonSet) timedRound() bool {
	for {
		at := min(d.nextLiving(), d.nextFree())
		if at >= never {
			return false
		}
		if d.changes(func() { d.tick(max(at, d.now)) }) {
			return true
		}
	}
}

// nextLiving is when the next pod becomes ready or available by the clock.
func (d *daemonSet) nextLiving() ms {
	at := never
	for i := range d.sites {
		for _, p := range d.sites[i].pods {
			switch available := p.at + seconds(d.spec.MinReadySeconds); {
			case p.revision == 0 || d.sites[i].down:
			case !p.ready:
				at = min(at, p.at)
			case available > d.now:
				at = min(at, available)
			}
		}
	}
	return at
}

// nextFree is when the next node without a pod has none that terminates.
func (d *daemonSet) nextFree() ms {
	at := never
	for i := range d.sites {
		s := &d.sites[i]
		if s.down || s.count() > 0 || len(s.leaving) == 0 {
			continue
		}
		free := d.now
		for _, p := range s.leaving {
			free = max(free, p.at)
		}
		at = min(at, free)
	}
	return at
}

// pass lets time pass until the given moment. The controller reacts to what
// is due on the way.
func (d *daemonSet) pass(until ms) {
	for {
		at := min(d.nextLiving(), d.nextFree())
		if at > until {
			break
		}
		d.tick(max(at, d.now))
	}
	d.now = until
	d.letGo()
}

// tick moves to a moment at which something is due, and lets the controller
// react.
func (d *daemonSet) tick(at ms) {
	d.now = at
	d.letGo()
	for i := range d.sites {
		for j := range d.sites[i].pods {
			p := &d.sites[i].pods[j]
			if p.revision == 0 || p.ready || p.at > at || d.sites[i].down {
				continue
			}
			p.ready = true
			d.opened = d.opened || d.revision(p.revision).pace.open
		}
	}
	d.settle()
}

// letGo removes terminating pods whose moment has come.
func (d *daemonSet) letGo() {
	for i := range d.sites {
		s := &d.sites[i]
		if s.down || len(s.leaving) == 0 {
			continue
		}
		var kept []leavingPod
		for _, p := range s.leaving {
			if p.at > d.now {
				kept = append(kept, p)
			}
		}
		s.leaving = kept
	}
}

// clock implements controller.
func (d *daemonSet) clock() moment { return moment{d.now, d.jumped, d.opened} }
