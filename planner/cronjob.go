package planner

import (
	"fmt"
	"slices"
	"time"
)

// A CronSpec is what only a CronJob has, with its defaults filled in.
type CronSpec struct {
	// Next is the first slot of the schedule after a time, in the schedule's
	// time zone, and the zero time where none comes. It is nil for a schedule
	// or a zone that the controller cannot read: nothing is ever started then.
	Next                       func(after time.Time) time.Time
	Schedule, TimeZone         string    // as written, for texts
	At                         time.Time // the present where the scenario does not say it; zero is DefaultAt
	Concurrency                ConcurrencyPolicy
	StartingDeadlineSeconds    *int64
	Suspend                    bool
	SuccessfulJobsHistoryLimit int32
	FailedJobsHistoryLimit     int32
	// Takes is how long each Job runs, 0 for ever; nil to let Spec.Job and the
	// assumptions say it.
	Takes    *time.Duration
	JobsFail bool
}

// ConcurrencyPolicy is what happens when a slot comes and a Job still runs.
type ConcurrencyPolicy string

const (
	AllowConcurrent   ConcurrencyPolicy = "Allow"
	ForbidConcurrent  ConcurrencyPolicy = "Forbid"
	ReplaceConcurrent ConcurrencyPolicy = "Replace"
)

// A CronEdit changes fields of a CronJob; nil leaves a field alone.
type CronEdit struct {
	Suspend  *bool
	Schedule string // another one; "" leaves it
	// Reads is the slots of Schedule in a zone, like CronSpec.Next; nil for one
	// that the controller cannot read.
	Reads func(zone string) (next func(after time.Time) time.Time)
	Takes *time.Duration
}

// The outcomes of a run.
const (
	RunRunning  = "running"
	RunComplete = "complete"
	RunFailed   = "failed"
	RunReplaced = "replaced" // by the next one
	RunSkipped  = "skipped"  // never started
)

// A CronRun is a Job that a CronJob starts, or a slot for which it starts none.
type CronRun struct {
	Scheduled time.Time  `json:"scheduled"`
	Started   *time.Time `json:"started,omitempty"`
	Outcome   string     `json:"outcome"`
	Deleted   bool       `json:"deleted,omitempty"` // by the history limit, or because it was replaced

	takes time.Duration // 0 for ever
}

// A cronJob is one CronJob in simulation.
type cronJob struct {
	start, now time.Time
	spec       CronSpec
	takes      time.Duration
	created    *time.Time
	last       *time.Time // status.lastScheduleTime
	wake       time.Time  // the slot at which the controller looks next; zero for none
	runs       []CronRun  // that were started
	skipped    []CronRun
	full       bool // there were more runs than are kept
	begun      int  // runs that were started since the last step
}

// maxRuns bounds the runs of a story; nothing is simulated beyond.
const maxRuns = 2000

// wakes is how much after a slot the controller looks at it.
const wakes = 100 * time.Millisecond

// sync is one pass of the controller: jobs that have ended are noted, the
// history is cleaned up, the latest slot that was not met is started, if
// nothing forbids it, and the controller is to be woken at the next one.
//
// Mirrors syncCronJob.
func (c *cronJob) sync(now time.Time) {
	if c.created == nil {
		return
	}
	c.clean()
	if c.spec.Suspend || c.spec.Next == nil {
		return
	}
	if _, slot, ok := c.recent(now, true); ok && !slot.IsZero() {
		c.begin(now, slot)
	}
	c.arm(now)
}

// begin starts the Job of a slot, unless it was started before, is too late,
// or a Job still runs and Forbid starts no other beside it.
func (c *cronJob) begin(now, slot time.Time) {
	if c.last != nil && slot.Equal(*c.last) {
		return
	}
	if d := c.spec.StartingDeadlineSeconds; d != nil && slot.Add(startingDeadline(*d)).Before(now) {
		return
	}
	if c.blocked() {
		return
	}
	if c.spec.Concurrency == ReplaceConcurrent {
		for _, i := range c.active() {
			c.runs[i].Outcome, c.runs[i].Deleted = RunReplaced, true
		}
	}
	if len(c.runs) >= maxRuns {
		c.full = true
		return
	}
	c.miss(slot)
	began := now.Truncate(time.Second)
	c.runs = append(c.runs, CronRun{Scheduled: slot, Started: &began, Outcome: RunRunning, takes: c.takes})
	c.last = &slot
	c.begun++
}

// blocked says that Forbid starts nothing now.
func (c *cronJob) blocked() bool {
	return c.spec.Concurrency == ForbidConcurrent && len(c.active()) > 0
}

// arm has the controller woken at the next slot. Of two such wishes its queue
// keeps the earlier one, also when the schedule is another one by then:
//
//	*/10, at 10:02 edited to 1-59/20: woken at 10:10 all the same, it starts
//	the slot of 10:01, which was never met
//
// Mirrors nextScheduleTimeDuration, and AddAfter of the queue.
func (c *cronJob) arm(now time.Time) {
	earliest, slot, ok := c.recent(now, false)
	from := slot
	switch {
	case !ok:
		from = now
	case slot.IsZero():
		from = earliest
	}
	if t := c.spec.Next(from); !t.IsZero() && t.After(c.now) && (c.wake.IsZero() || t.Before(c.wake)) {
		c.wake = t
	}
}

// startingDeadline is the field as a duration: 100 years at most, which is
// none.
func startingDeadline(seconds int64) time.Duration {
	return time.Duration(min(seconds, 100*365*24*3600)) * time.Second
}

// recent is the latest slot since the last one that was started, or since the
// creation, which is earliest; zero if none has come. With a deadline slots
// before startingDeadlineSeconds ago do not count. Older slots are dropped:
//
//	*/5, last started 10:05, now 10:23: 10:20, and neither 10:10 nor 10:15
//
// The controller does not go through the slots: it takes the distance of the
// first two for that of all, goes back from now by a little more than one such
// distance, and takes the last slot from there on. With slots at irregular
// distances it may thereby overlook some, and this does as well; ok is false
// where it overlooks all, or where the schedule has no slots.
//
// Mirrors mostRecentScheduleTime.
func (c *cronJob) recent(now time.Time, deadline bool) (earliest, slot time.Time, ok bool) {
	earliest = *c.created
	if c.last != nil {
		earliest = *c.last
	}
	if d := c.spec.StartingDeadlineSeconds; d != nil && deadline {
		if from := now.Add(-startingDeadline(*d)); from.After(earliest) {
			earliest = from
		}
	}
	first := c.spec.Next(earliest)
	if first.IsZero() {
		return earliest, slot, false
	}
	if now.Before(first) {
		return earliest, slot, true
	}
	second := c.spec.Next(first)
	if now.Before(second) {
		return earliest, first, true
	}
	distance := int64(second.Sub(first).Round(time.Second).Seconds())
	if distance < 1 {
		return earliest, slot, false
	}
	missed := int64(now.Sub(first).Seconds())/distance + 1
	from := first.Add(time.Duration((missed-2)*distance) * time.Second)
	for t := c.spec.Next(from); !t.IsZero() && !t.After(now); t = c.spec.Next(t) {
		slot, ok = t, true
	}
	return earliest, slot, ok
}

// maxSkipped bounds the slots that are listed as skipped before one run.
const maxSkipped = 100

// miss notes the slots that were dropped before the one that is started.
func (c *cronJob) miss(slot time.Time) {
	after := *c.created
	if c.last != nil {
		after = *c.last
	}
	for t := c.spec.Next(after); !t.IsZero() && t.Before(slot) && len(c.skipped) < maxSkipped; t = c.spec.Next(t) {
		c.skipped = append(c.skipped, CronRun{Scheduled: t, Outcome: RunSkipped})
	}
}

// active are the runs whose Jobs still run.
func (c *cronJob) active() (list []int) {
	for i := range c.runs {
		if c.runs[i].Outcome == RunRunning {
			list = append(list, i)
		}
	}
	return list
}

// clean deletes the oldest finished Jobs beyond the history limits.
//
// Mirrors cleanupFinishedJobs.
func (c *cronJob) clean() {
	for outcome, limit := range map[string]int32{RunComplete: c.spec.SuccessfulJobsHistoryLimit, RunFailed: c.spec.FailedJobsHistoryLimit} {
		kept := int32(0)
		for i := len(c.runs) - 1; i >= 0; i-- {
			if r := &c.runs[i]; r.Outcome == outcome && !r.Deleted {
				if kept++; kept > limit {
					r.Deleted = true
				}
			}
		}
	}
}

// next is when something happens by the clock: a Job ends, or the controller
// is woken. ok is false where nothing ever does.
//
// While Forbid starts nothing, waking up has no effect but the next one, so
// that is left out until a Job ends.
func (c *cronJob) next() (at time.Time, ok bool) {
	for _, i := range c.active() {
		if r := &c.runs[i]; r.takes > 0 {
			if end := r.Started.Add(r.takes); !ok || end.Before(at) {
				at, ok = end, true
			}
		}
	}
	if !c.wake.IsZero() && !c.full && !c.blocked() && (!ok || c.wake.Before(at)) {
		return c.wake, true
	}
	return at, ok
}

// step moves on to what comes next, if that is not after the given time.
func (c *cronJob) step(until time.Time) bool {
	at, ok := c.next()
	if !ok || at.After(until) {
		return false
	}
	c.now = at
	for _, i := range c.active() {
		if r := &c.runs[i]; r.takes > 0 && !r.Started.Add(r.takes).After(at) {
			r.Outcome = RunComplete
			if c.spec.JobsFail {
				r.Outcome = RunFailed
			}
		}
	}
	if !c.wake.After(at) { // or was, while Forbid held everything up
		c.wake = time.Time{}
		at = at.Add(wakes)
	}
	c.sync(at)
	c.clean()
	return true
}

// events are those with a meaning for a CronJob.
var cronJobEvents = []EventType{EventCreate, EventEdit, EventWait, EventRun}

// apply implements controller.
func (c *cronJob) apply(e Event) error {
	switch e.Type {
	case EventCreate:
		if c.created != nil {
			return fmt.Errorf("the CronJob exists already")
		}
		at := c.now
		c.created = &at
	case EventEdit:
		if e.Edit == nil || *e.Edit != (Edit{Job: e.Edit.Job, Cron: e.Edit.Cron}) || e.Edit.Job != nil && *e.Edit.Job != (JobEdit{Suspend: e.Edit.Job.Suspend}) {
			return fmt.Errorf("of a CronJob only suspend and schedule can be edited")
		}
		if c.created == nil {
			return fmt.Errorf("there is no CronJob")
		}
		c.edit(e.Edit)
		return nil
	case EventWait:
		if e.Wait < 0 {
			return fmt.Errorf("cannot wait %v: time only passes forward", e.Wait)
		}
		until := c.now.Add(e.Wait)
		for range 4 * maxRuns {
			if !c.step(until) {
				break
			}
		}
		c.now = until
		return nil
	case EventRun:
		if e.Rounds < 0 {
			return fmt.Errorf("a CronJob has no end: say how many runs")
		}
		return nil
	default:
		return unknownEvent(e.Type, CronJob, cronJobEvents)
	}
	c.sync(c.now)
	return nil
}

// edit changes what may be changed of a CronJob, and lets the controller react
// as it does: to another schedule by waiting for its next slot, although one
// may have come that the old one did not have; to another suspend at once; to
// an edit that changes nothing not at all, because nothing is written.
//
// Mirrors updateCronJob.
func (c *cronJob) edit(e *Edit) {
	was := c.spec.Suspend
	if e.Job != nil { // a Job and a CronJob share the field's name
		set(&c.spec.Suspend, e.Job.Suspend)
	}
	if e.Cron != nil {
		set(&c.spec.Suspend, e.Cron.Suspend)
		set(&c.takes, e.Cron.Takes)
		if s := e.Cron.Schedule; s != "" && s != c.spec.Schedule {
			c.spec.Schedule, c.spec.Next = s, nil
			if e.Cron.Reads != nil {
				c.spec.Next = e.Cron.Reads(c.spec.TimeZone)
			}
			if c.spec.Next != nil {
				c.arm(c.now)
			}
			return
		}
	}
	if c.spec.Suspend != was {
		c.sync(c.now)
	}
}

// round implements controller: the next run starts.
func (c *cronJob) round() bool {
	c.begun = 0
	far := c.now.Add(10 * 365 * 24 * time.Hour)
	for range 4 * maxRuns {
		if !c.step(far) || c.begun > 0 {
			break
		}
	}
	return c.begun > 0
}

// leap implements controller.
func (c *cronJob) leap(int64) int64 { return 0 }

// clock implements controller.
func (c *cronJob) clock() moment { return moment{at: ms(c.now.Sub(c.start).Milliseconds())} }

// runsListed is how many of the last runs a step lists.
const runsListed = 20

// look implements controller.
func (c *cronJob) look() (s Step, ready int64) {
	s.Runs = slices.Clone(c.runs[max(0, len(c.runs)-runsListed):])
	s.Conditions = Conditions{Available: true, Progressing: true, None: true}
	return s, 0
}

// dangers implements controller.
func (c *cronJob) dangers(Step, extremes) []Hazard { return nil }
