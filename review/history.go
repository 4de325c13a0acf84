package review

import (
	"fmt"
	"time"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
)

// simulate plays a scenario on the way from one spec to another. What past pods
// took takes the place of what is assumed, and the plan says how long the
// rollout would have taken under the assumptions.
func (p *Play) simulate(from, to planner.Spec, sc planner.Scenario, d *manifest.Document) (planner.Plan, error) {
	if p == nil || p.History == nil || sc.Readiness != planner.Timed {
		return planner.Simulate(from, sc)
	}
	seen := p.observed(d)
	if seen == (planner.Observed{}) {
		plan, err := planner.Simulate(from, sc)
		plan.Assumptions = append(plan.Assumptions, "nothing is observed: the history has no pod of this workload that says how long it took")
		return plan, err
	}
	assumed := sc
	assumed.MaxSteps = 1
	before, err := planner.Simulate(from, assumed)
	if err != nil {
		return before, err
	}
	sc.Assumptions = sc.Assumptions.Observe(to.Pod, seen)
	plan, err := planner.Simulate(from, sc)
	if was := before.DurationSeconds; was != nil && err == nil {
		plan.Assumptions = append(plan.Assumptions, "without what was observed the plan would take "+duration(*was))
	}
	return plan, err
}

// observed is what the history has of a workload, less what the play says
// itself.
func (p *Play) observed(d *manifest.Document) planner.Observed {
	seen := p.History.Of(d.Kind, d.Namespace, d.Name)
	if p.Schedule != nil {
		seen.Schedule = nil
	}
	if p.Pull != nil {
		seen.Pull = nil
	}
	if p.Startup != nil {
		seen.Ready, seen.Unready, seen.Run = nil, nil, nil
	}
	if p.Shutdown != nil {
		seen.Shutdown = nil
	}
	return seen
}

// duration writes a range of seconds as assumptions have it: 41s..1m1s, or
// 41s..≥1m1s.
func duration(s planner.Seconds) string {
	text := func(seconds float64) string {
		return (time.Duration(seconds*1000) * time.Millisecond).String()
	}
	switch {
	case s.Max != nil:
		return fmt.Sprintf("%s..%s", text(s.Min), text(*s.Max))
	case s.AtLeast != nil:
		return fmt.Sprintf("%s..≥%s", text(s.Min), text(*s.AtLeast))
	default:
		return "≥" + text(s.Min)
	}
}
