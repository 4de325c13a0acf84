package planner

import "fmt"

// jobEvents are the events with a meaning for a Job.
var jobEvents = []EventType{
	EventCreate, EventReady, EventUnready, EventEdit, EventFinish, EventFail, EventDelete, EventTerminated, EventWait, EventRun,
}

// apply implements controller.
func (j *job) apply(e Event) error {
	switch e.Type {
	case EventRun:
		if e.Rounds < RunToEnd {
			return fmt.Errorf("cannot run %d rounds", e.Rounds)
		}
		return nil
	case EventWait:
		if e.Wait < 0 {
			return fmt.Errorf("cannot wait %v: time only passes forward", e.Wait)
		}
		j.pass(j.now + ms(e.Wait.Milliseconds()))
		return nil
	}
	if err := j.change(e); err != nil {
		return err
	}
	j.settle()
	return nil
}

// change does to object and pods what the event says.
func (j *job) change(e Event) error {
	switch e.Type {
	case EventCreate:
		if j.created {
			return fmt.Errorf("the Job exists already")
		}
		j.created, j.started, j.suspended = true, j.now, j.spec.Suspend
	case EventEdit:
		return j.edit(e.Edit)
	case EventTerminated:
		j.reap(true)
	case EventReady, EventUnready, EventFinish, EventFail, EventDelete:
		return j.touch(e)
	default:
		return unknownEvent(e.Type, Job, jobEvents)
	}
	return nil
}

// edit changes what may be changed of a Job.
func (j *job) edit(e *Edit) error {
	if !j.created || j.gone {
		return fmt.Errorf("there is no Job")
	}
	if e == nil || *e != (Edit{Job: e.Job}) || e.Job == nil {
		return fmt.Errorf("of a Job only parallelism, completions, suspend and activeDeadlineSeconds can be edited")
	}
	s := j.spec
	set(&s.Parallelism, e.Job.Parallelism)
	set(&s.Suspend, e.Job.Suspend)
	if e.Job.Completions != nil {
		if !s.Indexed || *e.Job.Completions != s.Parallelism {
			return fmt.Errorf("completions can be changed only of an Indexed Job, and together with parallelism")
		}
		s.Completions = e.Job.Completions
	}
	if e.Job.ActiveDeadlineSeconds != nil {
		s.ActiveDeadlineSeconds = e.Job.ActiveDeadlineSeconds
	}
	if err := s.check(); err != nil {
		return err
	}
	j.spec = s
	return nil
}

// touch does something to active pods: to ready ones first, of these to the
// lowest index first, or to the one that was created first.
func (j *job) touch(e Event) error {
	n := int64(e.Pods)
	if n == 0 {
		n = 1
	}
	at := func(p *jobPods, ready bool) bool {
		return p.isReady(j.now) == ready && (e.Job == nil || e.Job.Index == nil)
	}
	if e.Job != nil && e.Job.Index != nil {
		if !j.spec.Indexed {
			return fmt.Errorf("the Job is not Indexed: its pods have no index")
		}
		j.cut(int64(*e.Job.Index))
		at = func(p *jobPods, ready bool) bool { return p.isReady(j.now) == ready && p.first == int64(*e.Job.Index) }
	}
	var order []bool
	switch e.Type {
	case EventReady:
		order = []bool{false}
	case EventUnready:
		order = []bool{true}
	default:
		order = []bool{true, false}
	}
	var have int64
	for _, ready := range order {
		for i := range j.active {
			if at(&j.active[i], ready) {
				have += j.active[i].count()
			}
		}
	}
	if n < 1 || n > have {
		return fmt.Errorf("cannot %s %d pods: there are %d that could", e.Type, n, have)
	}
	var back []jobPods
	last := longAgo
	for _, ready := range order {
		n -= j.take(n, func(p *jobPods) bool { return at(p, ready) }, func(p jobPods) {
			if kept, stays := j.happen(e, p); stays {
				back = append(back, kept)
			}
			last = max(last, j.lastFail)
		})
	}
	j.lastFail = last
	j.active = append(j.active, back...)
	j.mergePods()
	return nil
}

// happen does to pods what the event says, and returns those that stay.
func (j *job) happen(e Event, p jobPods) (kept jobPods, stays bool) {
	switch e.Type {
	case EventReady, EventUnready:
		p.ready, p.readyAt, p.unreadyAt = e.Type == EventReady, never, never
		if !p.ready {
			p.unreadyAt = j.now
		}
		return p, true
	case EventFinish:
		j.succeed(p)
	case EventDelete:
		j.leave(p, j.spec.ReplaceFailedOnly)
		if instant := j.kubelet.termination == TerminateInstant; !j.spec.ReplaceFailedOnly || instant {
			j.fail(p, j.spec.action(0, false), min(p.unreadyAt, j.now)) // getFinishedTime asks the condition Ready first
		}
	default:
		exitCode, disruption := int32(1), false
		if e.Job != nil {
			disruption = e.Job.Disruption
			if e.Job.ExitCode != 0 {
				exitCode = e.Job.ExitCode
			}
		}
		if j.spec.RestartInPlace && !disruption {
			p.restarts++
			return p, true
		}
		j.fail(p, j.spec.action(exitCode, disruption), j.now)
	}
	return p, false
}

// isReady says that pods are ready, by hand or by the clock.
func (p *jobPods) isReady(now ms) bool { return p.ready || p.readyAt <= now }

// cut makes a group of its own of one index.
func (j *job) cut(index int64) {
	for _, at := range []int64{index, index + 1} {
		for i := range j.active {
			if p := j.active[i]; p.first < at && at <= p.last {
				rest := p
				rest.first = at
				j.active[i].last = at - 1
				j.active = append(j.active, rest)
				break
			}
		}
	}
}
