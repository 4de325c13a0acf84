package planner

import "slices"

// cover goes to the end of a stretch without playing it, and returns the number
// of rounds that this stands for. While steps are kept, each is written down
// all the same: from the steps of one period, with every number moved on.
func (r *run) cover(s stretch) (rounds int64) {
	if s.periods == 0 {
		return 0
	}
	if r.total < int64(r.limit) {
		return r.replay(s)
	}
	r.d.quiet = true // nobody will read about races
	r.d.shift(s.moves, s.periods)
	r.d.skipped += float64(s.periods) * float64(s.lasts) / 1000
	rounds = s.periods * s.period
	r.total += rounds
	return rounds
}

// A frame is a state of one period with its reasons, to be moved on from
// period to period.
type frame struct {
	d    *deployment
	move []int64 // by which a period changes its counts
	sets []int64 // by which a period changes each set's replicas
}

// replay writes down a stretch as long as steps are kept. Two periods are
// played, and the others are copies of the second.
func (r *run) replay(s stretch) (rounds int64) {
	if s.periods < 4 {
		return 0
	}
	first, _ := r.film(s.period)
	second, races := r.film(s.period)
	rounds = 2 * s.period
	if races {
		return rounds
	}
	for i := range second {
		second[i].follow(first[i].d)
	}
	for period := int64(2); period < s.periods && r.total < int64(r.limit); period++ {
		for i := range second {
			f := &second[i]
			f.advance(s.lasts)
			moves := f.d.moves
			r.d = f.d
			r.record(EventRun)
			f.d.moves = moves
		}
		rounds += s.period
	}
	r.d.moves = r.d.moves[:0]
	return rounds
}

// film plays one period and keeps a frame of each state. races says that some
// state has alternatives, which cannot be moved on.
func (r *run) film(period int64) (frames []frame, races bool) {
	for range period {
		r.d.round() // took place before, or there were no stretch
		frames = append(frames, frame{d: r.d.still()})
		races = races || r.d.others != nil
		r.record(EventRun)
	}
	return frames, races
}

// still is a copy with the reasons of its last moves.
func (d *deployment) still() *deployment {
	c := d.clone()
	for _, m := range d.moves {
		m.set = c.sets[slices.Index(d.sets, m.set)]
		c.moves = append(c.moves, m)
	}
	c.late = 0
	return c
}

// follow finds out how a frame differs from that of one period before.
func (f *frame) follow(before *deployment) {
	var was, is snapshot
	was.take(before)
	is.take(f.d)
	f.move = is.minus(was)
	for i, rs := range f.d.sets {
		f.sets = append(f.sets, int64(rs.replicas)-int64(before.sets[i].replicas))
	}
}

// advance moves a frame on by one period.
func (f *frame) advance(lasts ms) {
	f.d.shift(f.move, 1)
	f.d.postpone(lasts)
	for i := range f.d.moves {
		m := &f.d.moves[i]
		by := int32(f.sets[slices.Index(f.d.sets, m.set)])
		m.from, m.to = m.from+by, m.to+by
	}
}

// postpone moves a state as it is to a later time.
func (d *deployment) postpone(by ms) {
	d.now += by
	d.progress.since += by
	for _, rs := range d.sets {
		for _, pods := range []groups{rs.waiting, rs.ready} {
			for i := range pods {
				if pods[i].at != never && pods[i].at != longAgo {
					pods[i].at += by
				}
			}
		}
		for i := range rs.leaving {
			if rs.leaving[i].at != never {
				rs.leaving[i].at += by
			}
		}
	}
}
