// Package random makes up scenarios. The same random numbers give the same
// scenario as long as the controllers do the same.
package random

import (
	"math"
	"math/rand/v2"
	"time"

	"github.com/rollcast/rollcast/planner"
)

// Deployment is a random Deployment with a source of random events. Events are
// chosen to have a meaning in the state they meet: an event that is refused
// would end the scenario.
type Deployment struct {
	Spec        planner.Spec
	Readiness   planner.Readiness
	Termination planner.Termination
	// Events are those that the source has given so far.
	Events []planner.Event

	r       *rand.Rand
	spec    planner.Spec // as edited so far
	length  int
	updates int
}

// NewDeployment makes up a Deployment.
func NewDeployment(r *rand.Rand) *Deployment {
	d := &Deployment{r: r, length: 3 + r.IntN(20)}
	d.Spec = planner.Spec{
		Kind:                    planner.Deployment,
		Replicas:                d.replicas(),
		Strategy:                d.strategy(),
		ProgressDeadlineSeconds: pick[int32](r, 600, 600, 600, 30, 60, 100, math.MaxInt32),
		RevisionHistoryLimit:    pick[int32](r, 10, 10, 10, 10, 0, 1, 2, 3),
		Paused:                  r.IntN(30) == 0,
	}
	if r.IntN(3) == 0 {
		d.Spec.MinReadySeconds = pick[int32](r, 1, 5, 10, 20)
	}
	d.Readiness = pick(r, planner.Manual, planner.Manual, planner.Manual, planner.Together, planner.OneByOne, planner.Never)
	d.Termination = pick(r, planner.TerminateInstant, planner.TerminateInstant, planner.TerminateNext, planner.TerminateManual)
	d.spec = d.Spec
	return d
}

func (d *Deployment) Scenario() planner.Scenario {
	return planner.Scenario{Readiness: d.Readiness, Termination: d.Termination, Events: d.Events}
}

func (d *Deployment) replicas() int32 {
	switch d.r.IntN(12) {
	case 0:
		return pick[int32](d.r, 0, 1)
	case 1:
		return int32(15 + d.r.IntN(25))
	default:
		return int32(1 + d.r.IntN(12))
	}
}

func (d *Deployment) strategy() planner.Strategy {
	if d.r.IntN(8) == 0 {
		return planner.Strategy{Type: planner.Recreate}
	}
	s := planner.Strategy{Type: planner.RollingUpdate, MaxSurge: d.surge(), MaxUnavailable: d.unavailable()}
	if s.MaxSurge.Value == 0 && s.MaxUnavailable.Value == 0 {
		s.MaxUnavailable = planner.Count(1)
	}
	return s
}

func (d *Deployment) surge() planner.IntOrPercent {
	if d.r.IntN(2) == 0 {
		return planner.Count(int32(d.r.IntN(6)))
	}
	return planner.Percent(pick[int32](d.r, 0, 1, 10, 20, 25, 30, 33, 50, 75, 100, 130))
}

func (d *Deployment) unavailable() planner.IntOrPercent {
	if d.r.IntN(2) == 0 {
		return planner.Count(int32(d.r.IntN(6)))
	}
	return planner.Percent(pick[int32](d.r, 0, 1, 10, 20, 25, 30, 33, 50, 75, 100))
}

// Next implements play.Source.
func (d *Deployment) Next(last planner.Step) (planner.Event, bool) {
	if len(d.Events) >= d.length {
		return planner.Event{}, false
	}
	for {
		if e, ok := d.try(last); ok {
			d.Events = append(d.Events, e)
			return e, true
		}
	}
}

// try makes up an event, and reports false if it would have no meaning now.
func (d *Deployment) try(last planner.Step) (planner.Event, bool) {
	if len(d.Events) == 0 && d.r.IntN(4) != 0 {
		return d.update(), true
	}
	n := d.r.IntN(100)
	switch {
	case n < 35:
		return d.progress(last)
	case n < 47:
		return d.update(), true
	case n < 58:
		return d.scale(), true
	case n < 65:
		return d.undo(last)
	case n < 71:
		e := planner.Event{Type: planner.EventPause}
		if d.spec.Paused {
			e.Type = planner.EventResume
		}
		d.spec.Paused = !d.spec.Paused
		return e, true
	case n < 79:
		return d.onPods(last, planner.EventUnready, func(r planner.Revision) int32 { return r.Ready })
	case n < 86:
		return d.edit()
	case n < 93:
		return d.wait(), true
	case n < 96:
		return d.onPods(last, planner.EventDelete, func(r planner.Revision) int32 { return r.Ready + r.NotReady })
	default:
		return planner.Event{Type: planner.EventTerminated}, d.Termination == planner.TerminateManual
	}
}

// progress makes pods ready.
func (d *Deployment) progress(last planner.Step) (planner.Event, bool) {
	if d.Readiness == planner.Manual {
		return d.onPods(last, planner.EventReady, func(r planner.Revision) int32 { return r.NotReady })
	}
	return planner.Event{Type: planner.EventRun, Rounds: pick(d.r, 1, 1, 2, 3, planner.RunToEnd)}, true
}

// onPods is an event on some of those pods of a revision that it has a meaning
// for.
func (d *Deployment) onPods(last planner.Step, kind planner.EventType, have func(planner.Revision) int32) (planner.Event, bool) {
	if len(last.Revisions) == 0 {
		return planner.Event{}, false // the history limit took the last one
	}
	r := last.Revisions[d.r.IntN(len(last.Revisions))]
	n := have(r)
	if n == 0 {
		return planner.Event{}, false
	}
	e := planner.Event{Type: kind, Revision: r.Revision, Pods: 1}
	switch d.r.IntN(4) {
	case 0:
		e.Pods = n
	case 1, 2:
		e.Pods = 1 + d.r.Int32N(n)
	}
	return e, true
}

func (d *Deployment) update() planner.Event {
	d.updates++
	e := planner.Event{Type: planner.EventUpdate}
	if d.r.IntN(8) == 0 {
		n := d.replicas()
		e.Edit = &planner.Edit{Replicas: &n}
		d.spec.Replicas = n
	}
	return e
}

func (d *Deployment) scale() planner.Event {
	n := d.replicas()
	if d.r.IntN(2) == 0 {
		n = max(0, d.spec.Replicas+int32(d.r.IntN(9)-4))
	}
	d.spec.Replicas = n
	return planner.Event{Type: planner.EventScale, Replicas: n}
}

// undo goes back, at times to a revision that is in sight; one that is not may
// have been deleted.
func (d *Deployment) undo(last planner.Step) (planner.Event, bool) {
	if d.spec.Paused || len(last.Revisions) == 0 {
		return planner.Event{}, false
	}
	if r := last.Revisions[d.r.IntN(len(last.Revisions))]; d.r.IntN(2) == 0 && r.Desired > 0 {
		return planner.Event{Type: planner.EventUndo, To: r.Revision}, true
	}
	return planner.Event{Type: planner.EventUndo}, d.spec.RevisionHistoryLimit > 0 && len(last.Revisions) > 1
}

// wait lets some time pass, most often one that decides something.
func (d *Deployment) wait() planner.Event {
	spec := d.spec
	s := pick(d.r, spec.MinReadySeconds, spec.MinReadySeconds, spec.MinReadySeconds-1, spec.ProgressDeadlineSeconds, spec.ProgressDeadlineSeconds-1, int32(1+d.r.IntN(20)))
	if s <= 0 || s > 1000 {
		s = 7
	}
	return planner.Event{Type: planner.EventWait, Wait: time.Duration(s) * time.Second}
}

func (d *Deployment) edit() (planner.Event, bool) {
	e, s := planner.Edit{}, d.spec
	switch d.r.IntN(6) {
	case 0:
		v := d.surge()
		e.MaxSurge, s.Strategy.MaxSurge = &v, v
	case 1:
		v := d.unavailable()
		e.MaxUnavailable, s.Strategy.MaxUnavailable = &v, v
	case 2:
		v := pick[int32](d.r, 0, 1, 5, 10, 20)
		e.MinReadySeconds, s.MinReadySeconds = &v, v
	case 3:
		v := pick[int32](d.r, 600, 30, 60, math.MaxInt32)
		e.ProgressDeadlineSeconds, s.ProgressDeadlineSeconds = &v, v
	case 4:
		v := pick[int32](d.r, 0, 1, 2, 10)
		e.RevisionHistoryLimit, s.RevisionHistoryLimit = &v, v
	default:
		v := planner.RollingUpdate
		if s.Strategy.Type == v {
			v = planner.Recreate
		}
		e.Strategy, s.Strategy = &v, planner.Strategy{Type: v}
		if v == planner.RollingUpdate {
			s.Strategy.MaxSurge, s.Strategy.MaxUnavailable = planner.Percent(25), planner.Percent(25)
		}
	}
	rolling := s.Strategy.Type == planner.RollingUpdate
	if (e.MaxSurge != nil || e.MaxUnavailable != nil) && (!rolling || s.Strategy.MaxSurge.Value == 0 && s.Strategy.MaxUnavailable.Value == 0) {
		return planner.Event{}, false // the API server refuses it
	}
	d.spec = s
	return planner.Event{Type: planner.EventEdit, Edit: &e}, true
}

func pick[T any](r *rand.Rand, choices ...T) T { return choices[r.IntN(len(choices))] }
