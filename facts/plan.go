package facts

import (
	"strings"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/workload"
)

// Plans are the rollouts predicted for one workload. All are nil where there
// is no plan; AtMin and AtMax are nil without an autoscaler.
type Plans struct {
	Timed        *planner.Plan // at the workload's effective replicas
	AtMin, AtMax *planner.Plan // at the autoscaler's minimum and maximum
}

// Predict plays the scenario on the workload, at its effective replicas and,
// with an autoscaler, at both ends of its range. The plans are all nil where
// the workload cannot be planned.
func Predict(w *workload.Workload, scenario planner.Scenario) (Plans, error) {
	done := map[int32]*planner.Plan{}
	plan := func(replicas int32) (*planner.Plan, error) {
		if p := done[replicas]; p != nil {
			return p, nil
		}
		spec, ok := w.Spec(replicas)
		if !ok {
			return nil, nil
		}
		p, err := planner.Simulate(spec, scenario)
		if err != nil {
			return nil, err
		}
		done[replicas] = &p
		return &p, nil
	}
	var plans Plans
	var err error
	if plans.Timed, err = plan(w.Replicas.Effective); err != nil || len(w.Autoscalers) == 0 {
		return plans, err
	}
	if plans.AtMin, err = plan(w.Replicas.Min); err != nil {
		return Plans{}, err
	}
	if plans.AtMax, err = plan(w.Replicas.Max); err != nil {
		return Plans{}, err
	}
	return plans, nil
}

// PlanFacts are the predicted rollouts of a workload, without their steps.
type PlanFacts struct {
	Timed *Plan  `json:"timed"`           // at the effective replicas
	IfBad *IfBad `json:"ifBad,omitempty"` // the same when the new version never becomes ready
	AtMin *Plan  `json:"atMin,omitempty"` // at the autoscaler's minimum
	AtMax *Plan  `json:"atMax,omitempty"` // at the autoscaler's maximum
	// Lowest is the plan with the fewest replicas that can happen: AtMin where
	// there is an autoscaler, else Timed.
	Lowest *Plan `json:"lowest"`
	// Range is the plans at both ends of what can happen: AtMin and AtMax where
	// there is an autoscaler, else Timed alone.
	Range []*Plan `json:"range"`
}

// A Plan is one predicted rollout in figures.
type Plan struct {
	Replicas    int32    `json:"replicas"`
	Surge       Resolved `json:"surge"`
	Unavailable Resolved `json:"unavailable"`
	Outcome     string   `json:"outcome"`
	Steps       int64    `json:"steps"`
	Waves       int      `json:"waves"` // how often new pods are asked for

	PeakPods                int64            `json:"peakPods"` // terminating pods aside
	PeakPodsWithTerminating int64            `json:"peakPodsWithTerminating"`
	MinAvailable            int64            `json:"minAvailable"`
	MinReady                int64            `json:"minReady"` // ready, whether or not for minReadySeconds
	MaxNotReady             int64            `json:"maxNotReady"`
	DurationSeconds         *planner.Seconds `json:"durationSeconds,omitempty"`
	CapacityAtPeak          Capacity         `json:"capacityAtPeak"`
	Budgets                 []Slack          `json:"budgets"`
	Hazards                 []Hazard         `json:"hazards"`
}

// Resolved is maxSurge or maxUnavailable in pods, and how that number came
// about: "25% of 3 is 0.75, rounded down to 0".
type Resolved struct {
	Pods       int32  `json:"pods"`
	Arithmetic string `json:"arithmetic"`
}

// A Slack compares the fewest ready pods of a rollout with what a budget asks
// for. Where the budget covers other workloads too, their pods count as ready.
type Slack struct {
	ID             int    `json:"id"` // the budget's
	Name           string `json:"name"`
	Field          string `json:"field"` // minAvailable or maxUnavailable
	Pods           int64  `json:"pods"`  // that its workloads want together
	DesiredHealthy int64  `json:"desiredHealthy"`
	Spare          int64  `json:"spare"` // Pods − DesiredHealthy: how many may be missing
	Ready          int64  `json:"ready"`
	Slack          int64  `json:"slack"` // Ready − DesiredHealthy; below zero evictions are refused
	Arithmetic     string `json:"arithmetic"`
}

// A Hazard is a danger that the simulation met.
type Hazard struct {
	ID      int    `json:"id"` // the field that binds
	Hazard  string `json:"hazard"`
	Step    int    `json:"step"`
	Message string `json:"message"`
}

// IfBad is where a rollout stops when the new version never becomes ready.
type IfBad struct {
	Outcome              string `json:"outcome"`
	Available            int64  `json:"available"`
	DetectedAfterSeconds int64  `json:"detectedAfterSeconds,omitempty"`
}

func (s *Subject) addPlans(w *workload.Workload, plans Plans) {
	f := &PlanFacts{Timed: s.plan(w, plans.Timed, "")}
	f.Lowest, f.Range = f.Timed, []*Plan{f.Timed}
	at := func(plan *planner.Plan, of string) *Plan {
		if plan == plans.Timed {
			return f.Timed
		}
		return s.plan(w, plan, of)
	}
	if plans.AtMin != nil {
		f.AtMin = at(plans.AtMin, "the autoscaler's minimum of ")
		f.AtMax = at(plans.AtMax, "the autoscaler's maximum of ")
		f.Lowest, f.Range = f.AtMin, []*Plan{f.AtMin, f.AtMax}
	}
	if bad := plans.Timed.IfBad; bad != nil {
		f.IfBad = &IfBad{string(bad.Outcome), bad.Available, bad.DetectedAfterSeconds}
	}
	s.Plans = f
}

// plan is the figures of one plan; of says what its replicas are, "" for the
// workload's own.
func (s *Subject) plan(w *workload.Workload, p *planner.Plan, of string) *Plan {
	replicas := p.Replicas.To
	cpu, memory := w.Pod.Requests.Times(p.PeakPods)
	plan := &Plan{
		Replicas:                replicas,
		Surge:                   resolveSurge(w.Strategy, replicas, p.Strategy.SurgePods, of),
		Unavailable:             resolveUnavailable(w.Strategy, replicas, p.Strategy.UnavailablePods, of),
		Outcome:                 string(p.Outcome),
		Steps:                   max(p.TotalSteps, int64(len(p.Steps))),
		Waves:                   waves(p.Steps),
		PeakPods:                p.PeakPods,
		PeakPodsWithTerminating: p.PeakPodsWithTerminating,
		MinAvailable:            p.MinAvailable,
		MinReady:                p.MinReady,
		MaxNotReady:             p.MaxNotReady,
		CapacityAtPeak:          Capacity{cpu, memory},
		Budgets:                 make([]Slack, 0, len(w.Budgets)),
		Hazards:                 make([]Hazard, 0, len(p.Hazards)),
	}
	if p.DurationSeconds != nil {
		shown := p.DurationSeconds.WithMax()
		plan.DurationSeconds = &shown
	}
	switch {
	case p.Strategy.OnNodes:
		plan.Surge, plan.Unavailable = resolveOnNodes(w.SetStrategy, p)
	case p.Strategy.Type == "":
		plan.Surge, plan.Unavailable = unrolled(), unrolled()
	}
	for i, b := range w.Budgets {
		if p.Strategy.Type == "" && p.Strategy.Kept == "" {
			break // the pods of a Job are meant to end
		}
		if slack, ok := slackOf(b, w, plan); ok {
			slack.ID = s.Context.Budgets[i].ID
			plan.Budgets = append(plan.Budgets, slack)
		}
	}
	for _, h := range p.Hazards {
		id := s.place(manifest.Keys(strings.Split(h.Field, ".")...))
		plan.Hazards = append(plan.Hazards, Hazard{id, h.Hazard, h.Step, h.Message})
	}
	return plan
}

// waves counts the steps in which the newest revision grows.
func waves(steps []planner.Step) int {
	n, before := 0, int32(0)
	for i, step := range steps {
		newest := int32(0)
		if len(step.Revisions) > 0 {
			newest = step.Revisions[len(step.Revisions)-1].Desired
		}
		if i > 0 && newest > before || i > 0 && len(step.Revisions) > len(steps[i-1].Revisions) && newest > 0 {
			n++
		}
		before = newest
	}
	return n
}
