package facts

import (
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/workload"
)

// Update is the updateStrategy of a StatefulSet or DaemonSet.
type Update struct {
	Type           string `json:"type"`           // RollingUpdate or OnDelete
	Partition      int32  `json:"partition"`      // StatefulSet: ordinals below it keep the old version
	MaxSurge       *Share `json:"maxSurge"`       // DaemonSet
	MaxUnavailable *Share `json:"maxUnavailable"` // DaemonSet
	// Parallel says that a StatefulSet starts its pods all at once.
	Parallel bool `json:"parallel"`
}

// Run is what a Job does, or each Job of a CronJob.
type Run struct {
	ID                      int    `json:"id"`                                // of the Job's spec
	Completions             *int32 `json:"completions,omitempty"`             // absent where it is not written
	Parallelism             int32  `json:"parallelism"`                       // 1 by default
	ActiveDeadlineSeconds   *int64 `json:"activeDeadlineSeconds,omitempty"`   // absent where it is not written
	BackoffLimit            int32  `json:"backoffLimit"`                      // 6 by default
	TTLSecondsAfterFinished *int32 `json:"ttlSecondsAfterFinished,omitempty"` // absent where it is not written
	// Hook says that a tool runs the Job around its deployments and removes it.
	Hook bool `json:"hook"`
}

// Timetable is when a CronJob starts its Jobs.
type Timetable struct {
	Schedule                string `json:"schedule"`
	ConcurrencyPolicy       string `json:"concurrencyPolicy"`                 // Allow by default
	PolicyDeclared          bool   `json:"policyDeclared"`                    // whether the manifest writes it
	StartingDeadlineSeconds *int64 `json:"startingDeadlineSeconds,omitempty"` // absent where it is not written
}

// Governing is the Service that a StatefulSet names.
type Governing struct {
	ID              int    `json:"id"` // of spec.serviceName
	Name            string `json:"name"`
	Found           *int   `json:"found,omitempty"` // the Service's id; absent where the set does not hold it
	Headless        bool   `json:"headless"`
	Selects         bool   `json:"selects"`         // whether it selects the StatefulSet's pods
	PublishNotReady bool   `json:"publishNotReady"` // whether it names pods before they are ready
}

// Unattached is of a Service, PodDisruptionBudget or HorizontalPodAutoscaler
// that touches no workload of the set.
type Unattached struct {
	ID    int    `json:"id"`    // of the selector, or of scaleTargetRef
	Meant int    `json:"meant"` // the id of the workload that comes nearest
	Gap   string `json:"gap"`   // what keeps it away
}

// addOthers adds what only some kinds have.
func (s *Subject) addOthers(w *workload.Workload) {
	if u := w.Update; u != nil {
		s.Update = &Update{Type: "RollingUpdate", Partition: u.Partition, Parallel: w.Ordered != nil && w.Ordered.Parallel}
		if u.OnDelete {
			s.Update.Type = "OnDelete"
		}
		s.Update.MaxUnavailable = s.share(s.document, manifest.Keys("spec", "updateStrategy", "rollingUpdate", "maxUnavailable"), u.MaxUnavailable)
		s.Update.MaxSurge = s.share(s.document, manifest.Keys("spec", "updateStrategy", "rollingUpdate", "maxSurge"), u.MaxSurge)
	}
	if r := w.Run; r != nil {
		s.Run = &Run{s.place(r.Path), r.Completions, r.Parallelism, r.ActiveDeadlineSeconds, r.BackoffLimit, r.TTLSecondsAfterFinished, r.Hook}
	}
	if t := w.Timetable; t != nil {
		s.Timetable = &Timetable{t.Schedule, t.ConcurrencyPolicy, t.PolicyDeclared, t.StartingDeadlineSeconds}
	}
	if g := w.Governing; g != nil {
		s.Governing = &Governing{ID: s.place(manifest.Keys("spec", "serviceName")), Name: g.Name, Headless: g.Headless, Selects: g.Selects, PublishNotReady: g.PublishNotReady}
		if g.Found != nil {
			id := s.foreign(g.Found, nil)
			s.Governing.Found = &id
		}
	}
	if w.Kind == workload.Deployment {
		s.RevisionHistoryLimit = &w.RevisionHistoryLimit
	}
}

// Unattaches makes the subjects of the Services, PodDisruptionBudgets and
// HorizontalPodAutoscalers that touch no workload of the set.
func Unattaches(set *workload.Set) []*Subject {
	var list []*Subject
	for _, u := range set.Unattached() {
		doc := u.Document
		s := &Subject{
			Version:        Version,
			APIVersion:     doc.APIVersion,
			Kind:           doc.Kind,
			Namespace:      doc.Namespace,
			Name:           doc.Name,
			Object:         Raw{doc.Root},
			Containers:     []*Container{},
			Probes:         []*Probe{},
			Misspelt:       []Misspelling{},
			Written:        []Written{},
			ClaimTemplates: []ClaimTemplate{},
			Placeholders:   []Placeholder{},
			Missing:        []Missing{},
			document:       doc,
		}
		s.ID = s.place(nil)
		s.Context = emptyContext()
		s.Unattached = &Unattached{s.place(u.Path), s.foreign(u.Meant.Document, nil), u.Gap}
		list = append(list, s)
	}
	return list
}
