package workload

import (
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
	"k8s.io/apimachinery/pkg/labels"
)

// A Service selects pods by labels.
type Service struct {
	Document *manifest.Document
	Selector map[string]string // never empty: a Service without a selector is left out
}

// A Budget is a PodDisruptionBudget.
type Budget struct {
	Document       *manifest.Document
	Selector       labels.Selector
	MinAvailable   *planner.IntOrPercent // one of the two, or neither
	MaxUnavailable *planner.IntOrPercent
}

// An Autoscaler is a HorizontalPodAutoscaler.
type Autoscaler struct {
	Document    *manifest.Document
	MinReplicas int32 // 1 where it is absent
	MaxReplicas int32
}

// A Claim is a PersistentVolumeClaim.
type Claim struct {
	Document    *manifest.Document
	AccessModes []string
}
