package planner

import (
	"fmt"
	"math"
	"slices"
	"time"
)

// simulateCronJob plays a scenario on a CronJob, from Scenario.At on.
func simulateCronJob(spec Spec, sc Scenario) (Plan, error) {
	s := spec.Cron
	if s == nil {
		return Plan{}, fmt.Errorf("the spec of a CronJob is missing")
	}
	if err := oneOf("concurrencyPolicy", s.Concurrency, AllowConcurrent, ForbidConcurrent, ReplaceConcurrent); err != nil {
		return Plan{}, err
	}
	takes, assumption, err := spec.takes(sc)
	if err != nil {
		return Plan{}, err
	}
	at := sc.At
	if at.IsZero() {
		at = s.At
	}
	if at.IsZero() {
		at = DefaultAt
	}
	c := &cronJob{start: at, now: at, spec: *s, takes: takes}
	h := newChronicle(c, sc)
	if err := h.play(sc.Events); err != nil {
		return Plan{}, err
	}
	p := h.plan(sc, nil)
	p.Strategy = ResolvedStrategy{Cron: s.cronText(), Zone: s.TimeZone}
	p.Runs = slices.Concat(c.runs, c.skipped)
	slices.SortStableFunc(p.Runs, func(a, b CronRun) int { return a.Scheduled.Compare(b.Scheduled) })
	if p.Runs == nil {
		p.Runs = []CronRun{}
	}
	p.Truncated = p.Truncated || c.full
	p.IfBad = cronGoesWrong(*s, spec)
	p.Assumptions = append([]string{"now is " + at.UTC().Format(time.RFC3339)}, assumption...)
	p.Assumptions = append(p.Assumptions, s.clockChanges(at, c.now)...)
	return p, nil
}

// clockChanges are the nights between two moments in which the clocks of the
// schedule's time zone are put forward or back, 8 at most.
//
//	Europe/Berlin, 29 March 2026: 02:00 is followed by 03:00, and 30 2 * * * has
//	no slot; 25 October: 02:30 comes twice, and so does the slot
func (s CronSpec) clockChanges(from, until time.Time) (texts []string) {
	zone, err := time.LoadLocation(s.TimeZone)
	if err != nil {
		return nil
	}
	for at := from.In(zone); len(texts) < 8; {
		_, end := at.ZoneBounds()
		if end.IsZero() || end.After(until) {
			break
		}
		_, before := end.Add(-time.Second).Zone()
		_, after := end.Zone()
		old := end.In(time.FixedZone("", before)) // by the clocks that end
		switch shift := time.Duration(after-before) * time.Second; {
		case shift > 0:
			texts = append(texts, fmt.Sprintf("on %s clocks in %s go from %s to %s: slots in between do not exist", old.Format(time.DateOnly), s.TimeZone, old.Format("15:04"), end.In(zone).Format("15:04")))
		case shift < 0:
			texts = append(texts, fmt.Sprintf("on %s clocks in %s go from %s back to %s: slots in between come twice", old.Format(time.DateOnly), s.TimeZone, old.Format("15:04"), end.In(zone).Format("15:04")))
		}
		at = end.In(zone)
	}
	return texts
}

// DefaultAt is the present of a scenario that does not say it.
var DefaultAt = time.Date(2026, time.January, 5, 10, 0, 0, 0, time.UTC)

// cronText is the schedule and the policy in words.
func (s CronSpec) cronText() string {
	zone := s.TimeZone
	if zone == "" {
		zone = "UTC"
	}
	return s.Schedule + " in " + zone + ", " + string(s.Concurrency)
}

// takes is how long a Job of a CronJob runs, 0 for ever, and what that rests
// on: the longest time in which the Job would end.
func (s Spec) takes(sc Scenario) (time.Duration, []string, error) {
	if s.Cron.Takes != nil {
		return *s.Cron.Takes, nil, nil
	}
	if s.Job == nil {
		return 0, []string{"a Job runs for ever"}, nil
	}
	job := Spec{Kind: Job, Job: s.Job, Pod: s.Pod}
	one := job.DefaultScenario()
	one.Assumptions, one.MaxSteps = sc.Assumptions, 1
	p, err := Simulate(job, one)
	if err != nil {
		return 0, nil, err
	}
	texts := p.Assumptions
	switch d := p.DurationSeconds; {
	case p.Outcome == Paused || d == nil:
		return 0, append(texts, "a Job does not end"), nil
	case d.Max != nil:
		return asDuration(*d.Max), append(texts, fmt.Sprintf("a Job takes %s", short(asDuration(*d.Max)))), nil
	default:
		return asDuration(*d.AtLeast), append(texts, fmt.Sprintf("a Job takes ≥%s, and is drawn with that", short(asDuration(*d.AtLeast)))), nil
	}
}

// asDuration is a number of seconds, at least one: a Job that takes no time is
// over when it is looked at next.
func asDuration(seconds float64) time.Duration {
	return max(time.Second, time.Duration(min(seconds, math.MaxInt32))*time.Second)
}

// outcome implements controller.
func (c *cronJob) outcome(Scenario) Outcome {
	switch {
	case len(c.runs) > 0:
		return Complete
	case c.spec.Suspend:
		return Paused
	default:
		return Nothing
	}
}

// tell implements controller.
func (c *cronJob) tell(event EventType) string {
	begun := c.begun
	c.begun = 0
	switch {
	case event == eventStart:
		return "before: the CronJob does not exist"
	case c.full:
		return fmt.Sprintf("more than %d runs are not simulated", maxRuns)
	case begun > 0:
		r := c.runs[len(c.runs)-1]
		text := "the slot of " + r.Scheduled.UTC().Format(time.RFC3339) + " starts"
		if late := r.Started.Sub(r.Scheduled); late > 0 {
			text += " " + short(late) + " late, because a Job before it ended only then"
		}
		return text
	case c.spec.Suspend:
		return "suspended: nothing is started"
	case c.spec.Next == nil:
		return "the controller cannot read schedule or time zone: nothing is ever started"
	case c.spec.Concurrency == ForbidConcurrent && len(c.active()) > 0:
		return "a Job still runs, and Forbid starts no other beside it"
	default:
		return "no slot is due"
	}
}
