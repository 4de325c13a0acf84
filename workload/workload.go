// Package workload says what a kind means: it reads documents into typed
// workloads with the API server's defaults filled in, and joins the objects
// of one set: which Services, PodDisruptionBudgets and autoscalers touch which
// workload.
package workload

import (
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
	"k8s.io/apimachinery/pkg/labels"
)

// Faults are the places at which the API server would refuse a document. What
// stands at or below them is left out of a workload, because its meaning is
// unknown.
type Faults map[*manifest.Document][]manifest.Path

// A Set is everything that is applied together, read and joined. Each list is
// in the order of the documents.
type Set struct {
	Workloads   []*Workload
	Services    []*Service
	Budgets     []*Budget
	Autoscalers []*Autoscaler
	Claims      []*Claim
}

// A Workload is one object that makes pods.
type Workload struct {
	Document *manifest.Document
	Kind     Kind

	// Unreadable is one sentence where the selector, replicas, strategy or
	// template cannot be read: then nothing else is known, no plan is made and
	// no rule runs. It is "" elsewhere.
	Unreadable string
	// Unplannable is one sentence where the workload can be read but not
	// planned, and "" elsewhere.
	Unplannable string

	Replicas                Replicas
	Strategy                *planner.Strategy // Deployment only
	MinReadySeconds         int32
	ProgressDeadlineSeconds int32 // Deployment only
	RevisionHistoryLimit    int32 // Deployment only
	Paused                  bool  // Deployment only
	Selector                labels.Selector
	Pod                     Pod

	Services    []*Service    // whose selector matches the pods' labels
	Budgets     []*Budget     // whose selector matches the pods' labels
	Autoscalers []*Autoscaler // whose scaleTargetRef names the workload
}

// Replicas is how many pods are wanted. Without an autoscaler Min, Max and
// Effective are equal.
type Replicas struct {
	Declared  *int32 // spec.replicas as written, nil where it is absent
	Effective int32  // what a rollout starts from: Declared, else the autoscaler's minimum, else 1
	Min, Max  int32  // the range that an autoscaler may choose from
}

// Resolve reads and joins the documents of one set. Documents of kinds it does
// not know are left out; a document that it cannot read stays in as far as it
// could be read.
func Resolve(docs []*manifest.Document, faults Faults) *Set {
	return &Set{}
}

// Spec is what the planner simulates, at the given number of replicas; ok is
// false where Unreadable or Unplannable says why there is none.
func (w *Workload) Spec(replicas int32) (spec planner.Spec, ok bool) {
	return planner.Spec{}, false
}
