package facts

import (
	"github.com/rollcast/rollcast/planner"
)

// resolveOnNodes tells how the limits of a DaemonSet became numbers of pods:
// both round up, and one of them is 0.
//
// Example: "30% of 7 is 2.1, rounded up to 3".
func resolveOnNodes(s *planner.Strategy, p *planner.Plan) (surge, unavailable Resolved) {
	nodes := p.Replicas.To
	if s.Type != planner.RollingUpdate {
		none := "no pod is replaced under " + string(s.Type)
		return Resolved{0, none}, Resolved{0, none}
	}
	up, _ := share(s.MaxSurge, nodes, "", "up")
	down, _ := share(s.MaxUnavailable, nodes, "", "up")
	return Resolved{p.Strategy.SurgePods, up}, Resolved{p.Strategy.UnavailablePods, down}
}

// unrolled are the limits of a workload whose pods nothing replaces.
func unrolled() Resolved { return Resolved{0, "no pod is replaced"} }
