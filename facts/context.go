package facts

import (
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/workload"
)

// Context is the other objects of the set that touch the workload.
type Context struct {
	// Complete says that the set holds everything that is applied together;
	// rules that need it stay silent otherwise.
	Complete    bool         `json:"complete"`
	Services    []Service    `json:"services"`    // whose selector matches the pods
	Budgets     []Budget     `json:"budgets"`     // PodDisruptionBudgets whose selector matches the pods
	Autoscalers []Autoscaler `json:"autoscalers"` // whose scaleTargetRef names the workload
	Claims      []Claim      `json:"claims"`      // PersistentVolumeClaims that the pods mount
}

// A Service routes to the workload's pods.
type Service struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
}

// A Budget is a PodDisruptionBudget over the workload's pods.
type Budget struct {
	ID             int    `json:"id"`
	Name           string `json:"name"`
	MinAvailable   *Share `json:"minAvailable,omitempty"`
	MaxUnavailable *Share `json:"maxUnavailable,omitempty"`
	// Workloads is how many workloads it matches, and Pods what those want
	// together.
	Workloads int   `json:"workloads"`
	Pods      int64 `json:"pods"`
}

// An Autoscaler is a HorizontalPodAutoscaler.
type Autoscaler struct {
	ID          int    `json:"id"`
	Name        string `json:"name"`
	MinReplicas int32  `json:"minReplicas"`
	MaxReplicas int32  `json:"maxReplicas"`
}

// A Claim is a PersistentVolumeClaim that the pods mount.
type Claim struct {
	ID          int      `json:"id"`
	Name        string   `json:"name"`
	AccessModes []string `json:"accessModes"`
	// SingleNode says that only pods on one node, or only one pod, can mount it
	// at a time.
	SingleNode bool `json:"singleNode"`
}

func (s *Subject) addContext(w *workload.Workload) {
	c := Context{
		Complete:    true,
		Services:    make([]Service, 0, len(w.Services)),
		Budgets:     make([]Budget, 0, len(w.Budgets)),
		Autoscalers: make([]Autoscaler, 0, len(w.Autoscalers)),
		Claims:      make([]Claim, 0, len(w.Claims)),
	}
	for _, v := range w.Services {
		c.Services = append(c.Services, Service{s.foreign(v.Document, nil), v.Document.Name})
	}
	for _, v := range w.Budgets {
		budget := Budget{ID: s.foreign(v.Document, nil), Name: v.Document.Name, Workloads: v.Workloads, Pods: v.Pods}
		if v.MinAvailable != nil {
			budget.MinAvailable = s.share(v.Document, manifest.Keys("spec", "minAvailable"), *v.MinAvailable)
		}
		if v.MaxUnavailable != nil {
			budget.MaxUnavailable = s.share(v.Document, manifest.Keys("spec", "maxUnavailable"), *v.MaxUnavailable)
		}
		c.Budgets = append(c.Budgets, budget)
	}
	for _, v := range w.Autoscalers {
		c.Autoscalers = append(c.Autoscalers, Autoscaler{s.foreign(v.Document, nil), v.Document.Name, v.MinReplicas, v.MaxReplicas})
	}
	for _, v := range w.Claims {
		c.Claims = append(c.Claims, Claim{s.foreign(v.Document, nil), v.Document.Name, v.AccessModes, v.SingleNode()})
	}
	s.Context = c
}

func (s *Subject) share(doc *manifest.Document, p manifest.Path, v planner.IntOrPercent) *Share {
	share := &Share{ID: s.foreign(doc, p), Value: v.String(), Declared: doc.Root.At(p) != nil}
	if v.Percent {
		share.Percent = &v.Value
	}
	return share
}
