package review

import (
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

	Replicas                 *int32
	Nodes                    *int32 // of a DaemonSet
	MaxSurge, MaxUnavailable *planner.IntOrPercent
}

// play plays something else than the default scenario on the subject.
func (s *subject) play(p *Play, spec planner.Spec) {
	if s.noPlan = p.change(&spec); s.noPlan != "" {
		s.refused = true
		return
	}
	plan, err := planner.Simulate(spec, p.scenario(spec))
	if err != nil {
		s.noPlan, s.playErr = err.Error(), err
		return
	}
	s.plan = &plan
}

// change applies the what-if values. The strategy's two belong to RollingUpdate
// alone; the server refuses them elsewhere, and some of their values.
func (p *Play) change(spec *planner.Spec) (refused string) {
	switch {
	case spec.Kind == planner.DaemonSet:
		if p.Nodes != nil {
			spec.Replicas = *p.Nodes
		}
	case p.Replicas != nil:
		spec.Replicas = *p.Replicas
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
