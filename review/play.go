package review

import (
	"slices"

	"github.com/rollcast/rollcast/internal/history"
	"github.com/rollcast/rollcast/planner"
)

// A Play is what a plan shows instead of the default scenario: other events,
// other assumptions, or a workload changed for the sake of the question. What
// is empty or nil stays as it would be.
type Play struct {
	Readiness   planner.Readiness
	Termination planner.Termination
	Events      []planner.Event

	Schedule, Pull, Startup, Shutdown *planner.Span
	// History is what past pods took; it takes the place of what is assumed,
	// where the play does not say it.
	History *history.History

	Replicas                 []int32 // a plan for each; empty for the number that there is
	MaxSurge, MaxUnavailable *planner.IntOrPercent
}

// play plays something else than the default scenario on the subject, with each
// number of replicas that the play names: what follows the first is a variant.
func (s *subject) play(p *Play, spec planner.Spec) {
	s.vary(p, spec.Kind, func(v *subject, replicas *int32) { v.playWith(p, spec, replicas) })
}

// vary makes the subject's plan for the first number of replicas, and a variant
// for each that follows.
func (s *subject) vary(p *Play, kind planner.Kind, plan func(v *subject, replicas *int32)) {
	counts := p.counts(kind)
	s.variants = nil
	for i := range counts {
		if i == 0 {
			continue
		}
		v := *s
		plan(&v, &counts[i])
		s.variants = append(s.variants, &v)
	}
	if len(counts) == 0 {
		plan(s, nil)
		return
	}
	plan(s, &counts[0])
}

// counts are the numbers of replicas to ask about; none where the kind has no
// such field.
func (p *Play) counts(kind planner.Kind) []int32 {
	if p == nil {
		return nil
	}
	switch kind {
	case planner.Deployment, planner.StatefulSet, planner.ReplicaSet, planner.ReplicationController:
		return p.Replicas
	case planner.DaemonSet, planner.Job, planner.CronJob, planner.BarePod:
	}
	return nil
}

func (s *subject) playWith(p *Play, spec planner.Spec, replicas *int32) {
	if s.noPlan = p.change(&spec, replicas); s.noPlan != "" {
		s.refused = true
		return
	}
	plan, err := p.simulate(spec, spec, p.scenario(spec), s.workload.Document)
	if err != nil {
		s.noPlan, s.playErr = err.Error(), err
		return
	}
	s.plan = &plan
}

// change applies the what-if values. The strategy's two belong to RollingUpdate
// alone; the server refuses them elsewhere, and some of their values.
func (p *Play) change(spec *planner.Spec, replicas *int32) (refused string) {
	if replicas != nil {
		spec.Replicas = *replicas
	}
	if p.MaxSurge == nil && p.MaxUnavailable == nil {
		return ""
	}
	s := &spec.Strategy
	if s.Type != planner.RollingUpdate {
		return "the API server would reject maxSurge and maxUnavailable with strategy " + string(s.Type)
	}
	if spec.Kind == planner.StatefulSet && p.MaxSurge != nil {
		return "the API server would reject maxSurge: a StatefulSet has none"
	}
	if p.MaxSurge != nil {
		s.MaxSurge = *p.MaxSurge
	}
	if p.MaxUnavailable != nil {
		s.MaxUnavailable = *p.MaxUnavailable
	}
	if err := spec.CheckLimits(); err != nil {
		return "the API server would reject it: " + err.Error()
	}
	return ""
}

// scenario is what is played on a workload: the default one with this play's parts
// in place of its own.
func (p *Play) scenario(spec planner.Spec) planner.Scenario {
	sc := spec.DefaultScenario()
	if p.Readiness != "" {
		sc.Readiness = p.Readiness
	}
	if p.Termination != "" {
		sc.Termination = p.Termination
	}
	if p.Events != nil {
		sc.Events = p.Events
	}
	a := &sc.Assumptions
	for _, given := range []struct{ to, from *planner.Span }{
		{&a.Schedule, p.Schedule}, {&a.Pull, p.Pull}, {&a.Startup, p.Startup}, {&a.Shutdown, p.Shutdown},
	} {
		if given.from != nil {
			*given.to = *given.from
		}
	}
	if p.Startup != nil {
		a.ByProbes = false // the same start for every container, whatever its probes allow
	}
	return sc
}

// applied is scenario with a change in the place of the first update.
func (p *Play) applied(to planner.Spec, apply planner.Event) planner.Scenario {
	sc := p.scenario(to)
	sc.Events = slices.Clone(sc.Events)
	for i := range sc.Events {
		if sc.Events[i].Type == planner.EventUpdate {
			sc.Events[i] = apply
			break // what follows updates what was applied
		}
	}
	return sc
}
