package workload

import (
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
)

// DefaultNodes is how many nodes a DaemonSet is planned on where nobody says
// how many there are.
const DefaultNodes = 3

// readDaemonSet reads what only a DaemonSet has, with the defaults of apps/v1:
// RollingUpdate with maxUnavailable 1 and maxSurge 0, ten old revisions.
//
// Example: `rollingUpdate: {maxSurge: 1}` alone is refused by the server,
// because maxUnavailable stays 1; a part that is written does not switch off
// the other's default.
func (w *Workload) readDaemonSet(r *reader) (fault string) {
	const unreadable = "spec.updateStrategy cannot be read"
	update := manifest.Keys("spec", "updateStrategy")
	block := update.Append(manifest.Key("rollingUpdate"))
	if n := r.node(update); n != nil && n.Kind != manifest.Mapping {
		return unreadable
	}
	name, ok := r.str(r.in(update, "type"), string(planner.RollingUpdate))
	s := planner.Strategy{Type: planner.StrategyType(name)}
	switch {
	case !ok:
		return unreadable
	case name == "":
		s.Type = planner.RollingUpdate
	case s.Type != planner.RollingUpdate && (s.Type != planner.OnDelete || r.node(block) != nil):
		return unreadable
	}
	if s.Type == planner.RollingUpdate {
		surge, ok1 := r.share(r.in(block, "maxSurge"))
		unavailable, ok2 := r.share(r.in(block, "maxUnavailable"))
		if !ok1 || !ok2 {
			return unreadable
		}
		s.MaxUnavailable = planner.Count(1)
		if unavailable != nil {
			s.MaxUnavailable = *unavailable
		}
		if surge != nil {
			s.MaxSurge = *surge
		}
	}
	w.MinReadySeconds, _ = r.int32(manifest.Keys("spec", "minReadySeconds"), 0)
	w.RevisionHistoryLimit, _ = r.int32(manifest.Keys("spec", "revisionHistoryLimit"), builtin.revisionHistoryLimit)
	w.SetStrategy = &s
	return ""
}

// daemonSetSpec is what the planner simulates of a DaemonSet.
func (w *Workload) daemonSetSpec() planner.Spec {
	nodes := int32(DefaultNodes)
	if w.Nodes != nil {
		nodes = *w.Nodes
	}
	return planner.Spec{
		Kind:                 planner.DaemonSet,
		Replicas:             nodes,
		Strategy:             *w.SetStrategy,
		MinReadySeconds:      w.MinReadySeconds,
		RevisionHistoryLimit: w.RevisionHistoryLimit,
		Pod:                  w.Pod.planned(),
	}
}
