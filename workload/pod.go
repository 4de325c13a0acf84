package workload

import (
	"github.com/rollcast/rollcast/manifest"
)

// A Pod is what a workload's template, or a bare Pod, asks for.
type Pod struct {
	Path       manifest.Path // of the pod's spec: spec.template.spec of a Deployment
	Labels     map[string]string
	Containers []*Container // init containers first, each list in its order
	// TerminationGracePeriodSeconds is 30 where it is absent.
	TerminationGracePeriodSeconds int64
	ReadinessGates                []string
}

// A Container is one container of a pod.
type Container struct {
	Name string
	Path manifest.Path
}
