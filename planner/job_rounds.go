package planner

import "slices"

// pace is how long a pod of the Job takes from its creation: until it is
// ready, and until it succeeds. How long its containers run is what --startup
// says; without it nobody knows.
func (j *job) pace() (ready, end ms, open bool) {
	if j.kubelet.readiness != Timed {
		return never, never, false
	}
	a, b := j.kubelet.assumptions, j.kubelet.bound
	ready, open = a.readyAfter(j.pod, b)
	run := a.runs()
	end = a.Schedule.end(b) + a.Pull.end(b)
	if o := a.Observed.Run; o != nil {
		return ready, sum(end, o.Took.end(b)), b == longest && (a.Schedule.Open || a.Pull.Open)
	}
	for _, c := range j.pod.Init {
		x := a.start(c, true).end(b)
		if c.Sidecar { // what follows waits until it has started
			x, _ = c.times(x, b)
		}
		end = sum(end, x)
	}
	return ready, sum(end, run.end(b)), b == longest && (open || run.Open)
}

// runs is how long a pod of a Job runs.
func (a Assumptions) runs() Span {
	if a.ByProbes {
		return Span{Open: true}
	}
	return a.Startup
}

// round implements controller: every active pod succeeds, in one-by-one one,
// in never none. In timed mode a round is whatever is due next.
func (j *job) round() bool {
	n := j.running()
	switch j.kubelet.readiness {
	case Timed:
		return j.timedRound()
	case OneByOne:
		n = min(n, 1)
	case Manual, Never:
		n = 0
	case Together:
	default:
		panic("planner: unknown readiness " + string(j.kubelet.readiness))
	}
	if n == 0 {
		return false
	}
	if j.kubelet.termination == TerminateNext {
		j.reap(true)
	}
	j.take(n, func(*jobPods) bool { return true }, j.succeed)
	j.settle()
	return true
}

// timedRound moves on to the next moment at which pods succeed or are created.
func (j *job) timedRound() bool {
	for !j.gone {
		at := j.next()
		if at >= never || (j.phase == jobFailed || j.phase == jobComplete) {
			return false
		}
		before, _ := j.look()
		j.tick(at)
		after, _ := j.look()
		if *before.JobStatus != *after.JobStatus {
			return true
		}
	}
	return false
}

// next is when the clock brings something about.
func (j *job) next() ms {
	at := min(j.deadline(), j.expires())
	if !j.created || j.gone {
		return never
	}
	for i := range j.active {
		at = min(at, j.active[i].endAt)
	}
	for i := range j.leaving {
		at = min(at, j.leaving[i].at)
	}
	if j.phase != jobRuns || j.spec.Suspend {
		return at
	}
	if allowed := j.allowed(); allowed > j.now {
		at = min(at, allowed)
	}
	for _, r := range j.retries {
		if r.at > j.now {
			at = min(at, r.at)
		}
	}
	return at
}

// pass lets time pass. The controller reacts to what is due on the way.
func (j *job) pass(until ms) {
	for !j.gone {
		at := j.next()
		if at > until {
			break
		}
		j.tick(at)
	}
	j.now = until
	j.settle()
}

// tick moves to a moment at which something is due.
func (j *job) tick(at ms) {
	j.now = max(j.now, at)
	j.reap(false)
	_, _, open := j.pace()
	var kept []jobPods
	for _, p := range j.active {
		if p.endAt > j.now {
			kept = append(kept, p)
			continue
		}
		j.succeed(p)
		j.opened = j.opened || open
	}
	j.active = slices.Clip(kept)
	j.settle()
}

// clock implements controller.
func (j *job) clock() moment { return moment{j.now, j.jumped, j.opened} }
