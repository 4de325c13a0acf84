// Package facts is what rules see of a subject: plain data over a workload,
// its context and its predicted rollout. Its JSON form is versioned and
// documented in docs/facts.md.
package facts

import (
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
	return Plans{}, nil
}

// A Subject is one workload with everything that rules may ask of it.
type Subject struct {
	Document *manifest.Document `json:"-"`
	Kind     string             `json:"kind"`
}

// Build makes the subject of a workload.
func Build(w *workload.Workload, plans Plans) *Subject {
	return &Subject{Document: w.Document, Kind: string(w.Kind)}
}
