// Package facts is what rules see of a subject: plain data over a workload,
// its context and its predicted rollout. Its JSON form is versioned and
// documented in docs/facts.md; rules are written against that page.
package facts

import (
	"github.com/rollcast/rollcast/manifest"
)

// Version counts the incompatible changes of the facts' form. New fields do not
// raise it.
const Version = 1

// A Subject is one workload with everything that rules may ask of it. Whatever
// a rule can point at has an id, which Place leads back to the manifest; the
// object itself is 0.
type Subject struct {
	Version    int    `json:"version"`
	ID         int    `json:"id"`
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Namespace  string `json:"namespace"`
	Name       string `json:"name"`
	Object     Raw    `json:"object"`

	Replicas         Replicas  `json:"replicas"`
	Strategy         *Strategy `json:"strategy,omitempty"` // Deployment only
	MinReadySeconds  int32     `json:"minReadySeconds"`
	ProgressDeadline *Deadline `json:"progressDeadline,omitempty"` // absent where there is none
	Paused           bool      `json:"paused"`
	// RevisionHistoryLimit is how many old ReplicaSets are kept; Deployment only.
	RevisionHistoryLimit *int32          `json:"revisionHistoryLimit,omitempty"`
	Update               *Update         `json:"update,omitempty"`    // StatefulSet and DaemonSet
	Run                  *Run            `json:"run,omitempty"`       // Job and CronJob
	Timetable            *Timetable      `json:"timetable,omitempty"` // CronJob
	Governing            *Governing      `json:"governing,omitempty"` // StatefulSet with a serviceName
	Pod                  Pod             `json:"pod"`
	Containers           []*Container    `json:"containers"`
	Probes               []*Probe        `json:"probes"`            // of all containers
	Startup              *Startup        `json:"startup,omitempty"` // the annotation, where there is one
	Misspelt             []Misspelling   `json:"misspelt"`
	Written              []Written       `json:"written"`        // fields that only the server writes
	ClaimTemplates       []ClaimTemplate `json:"claimTemplates"` // of a StatefulSet
	Placeholders         []Placeholder   `json:"placeholders"`
	Missing              []Missing       `json:"missing"`
	Context              Context         `json:"context"`
	Unattached           *Unattached     `json:"unattached,omitempty"` // Service, PodDisruptionBudget, HorizontalPodAutoscaler
	Plans                *PlanFacts      `json:"plans,omitempty"`      // absent where there is no plan
	Change               *Change         `json:"change,omitempty"`     // in a review with a base, where the object changed

	document *manifest.Document
	faults   []manifest.Path
	places   []Place
}

// A Place is where a thing with an id stands. The path may lead to a field that
// is not written: the default of maxUnavailable has a place too.
type Place struct {
	Document *manifest.Document
	Path     manifest.Path
}

// Document is the object that the subject is about.
func (s *Subject) Document() *manifest.Document { return s.document }

// Place leads from an id to the manifest; ok is false where nothing has the id.
func (s *Subject) Place(id int) (p Place, ok bool) {
	if id < 0 || id >= len(s.places) {
		return Place{}, false
	}
	return s.places[id], true
}

// Refused reports whether the API server refuses something at the path of the
// subject's own document, or below it. No rule may judge such a place.
func (s *Subject) Refused(p manifest.Path) bool {
	for _, f := range s.faults {
		if f.HasPrefix(p) {
			return true
		}
	}
	return false
}

// place gives a thing of the subject's own document an id.
func (s *Subject) place(p manifest.Path) int { return s.foreign(s.document, p) }

// foreign gives a thing of another document an id.
func (s *Subject) foreign(doc *manifest.Document, p manifest.Path) int {
	s.places = append(s.places, Place{Document: doc, Path: p})
	return len(s.places) - 1
}

// Replicas is how many pods are wanted. Without an autoscaler Effective, Min
// and Max are equal.
type Replicas struct {
	ID        int    `json:"id"`
	Declared  *int32 `json:"declared,omitempty"` // absent where the manifest names none
	Effective int32  `json:"effective"`          // what a rollout starts from
	Min       int32  `json:"min"`
	Max       int32  `json:"max"`
}

// Strategy is how old pods are replaced, with its defaults filled in. What it
// comes to in pods is in each plan.
type Strategy struct {
	ID             int    `json:"id"`
	Type           string `json:"type"`                     // RollingUpdate or Recreate
	MaxSurge       *Share `json:"maxSurge,omitempty"`       // RollingUpdate only
	MaxUnavailable *Share `json:"maxUnavailable,omitempty"` // RollingUpdate only
}

// A Share is a number of pods or a percentage of the replicas.
type Share struct {
	ID       int    `json:"id"`
	Value    string `json:"value"`             // as a manifest writes it: 1 or 25%
	Percent  *int32 `json:"percent,omitempty"` // absent where it is a number of pods
	Declared bool   `json:"declared"`          // false where Value is the default
}

// A Deadline is progressDeadlineSeconds.
type Deadline struct {
	ID      int    `json:"id"`
	Seconds int32  `json:"seconds"`
	Text    string `json:"text"` // for messages: "progressDeadlineSeconds 300", or that it is the default
}

// Startup is the annotation that says how long containers need to start.
type Startup struct {
	ID    int    `json:"id"`
	Fault string `json:"fault,omitempty"` // one sentence where it cannot be read
}
