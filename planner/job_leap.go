package planner

import "slices"

// A jobMark is a state as leap compares it: pods with their numbers relative
// to the successes, and moments relative to now.
type jobMark struct {
	shape []int64
	done  int64
	now   ms
}

// leap implements controller. A Job with two billion completions and one pod
// at a time takes two billion rounds, all alike: one more success, and the pod
// of the next number. Three states that lie one period apart are such a
// stretch, as far as completions, a successPolicy and a deadline are not near.
func (j *job) leap(limit int64) (rounds int64) {
	if j.phase != jobRuns || len(j.completed) > 1 || len(j.failures) > 0 || len(j.retries) > 0 || j.spec.Completions == nil {
		j.past = nil
		return 0
	}
	j.past = append(j.past, j.mark())
	for p := 1; p <= maxPeriod && 2*p < len(j.past); p++ {
		last := len(j.past) - 1
		a, b, c := j.past[last-2*p], j.past[last-p], j.past[last]
		each, lasts := c.done-b.done, c.now-b.now
		if each <= 0 || b.done-a.done != each || b.now-a.now != lasts || !slices.Equal(a.shape, b.shape) || !slices.Equal(b.shape, c.shape) {
			continue
		}
		k := (j.nextTurn()-c.done-j.running())/each - 2
		if j.deadline() < never && lasts > 0 {
			k = min(k, int64((j.deadline()-j.now)/lasts)-2)
		}
		if limit >= 0 {
			k = min(k, limit/int64(p))
		}
		if k <= 0 {
			continue
		}
		j.shift(k * each)
		j.started -= ms(k) * lasts // what the deadline counts has passed
		j.jumped += float64(k) * float64(lasts) / 1000
		j.past = nil
		return k * int64(p)
	}
	if len(j.past) > 2*maxPeriod {
		j.past = slices.Delete(j.past, 0, 1)
	}
	return 0
}

// nextTurn is a number of successes before which nothing is decided.
func (j *job) nextTurn() int64 {
	turn := j.spec.indexes()
	for _, r := range j.spec.SuccessPolicy {
		if r.Indexes == nil && r.Count != nil {
			turn = min(turn, int64(*r.Count))
		}
		for _, of := range r.Indexes { // only inside of a range each success is like the last
			if done := j.successes(); of.First > done {
				turn = min(turn, of.First)
			} else if of.Last >= done {
				turn = min(turn, of.Last)
			}
		}
		if r.Indexes != nil && r.Count != nil {
			turn = min(turn, j.successes()+int64(*r.Count)-j.completed.common(r.Indexes))
		}
	}
	return turn
}

// shift moves all numbers on by n successes.
func (j *job) shift(n int64) {
	for i := range j.active {
		j.active[i].first += n
		j.active[i].last += n
	}
	if j.spec.Indexed && len(j.completed) == 1 {
		j.completed = indexSet{{j.completed[0].First, j.completed[0].Last + n}}
	}
	if !j.spec.Indexed {
		j.serial += n
		j.succeeded += n
	}
}

// mark is the present state.
func (j *job) mark() jobMark {
	m := jobMark{done: j.successes(), now: j.now}
	base := m.done
	if !j.spec.Indexed {
		base = j.serial
	}
	relative := func(at ms) int64 {
		if at >= never {
			return -1
		}
		return int64(max(at-j.now, 0))
	}
	ready := func(p jobPods) int64 {
		if p.ready {
			return 1
		}
		return 0
	}
	m.shape = append(m.shape, j.failed, int64(len(j.leaving)), int64(j.backoff))
	for _, p := range j.active {
		m.shape = append(m.shape, p.first-base, p.last-base, ready(p), relative(p.readyAt), relative(p.endAt), int64(p.restarts))
	}
	return m
}
