package workload

import (
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
)

// readDeployment reads what only a Deployment has, with the defaults of
// apps/v1: RollingUpdate with a surge and unavailability of 25% each, a
// progress deadline of 600 s, and ten old ReplicaSets kept.
//
// Example: `strategy: {rollingUpdate: {maxSurge: 1}}` is RollingUpdate with
// maxSurge 1 and maxUnavailable 25%: a part that is written does not switch off
// the other's default, and an absent type is RollingUpdate.
func (w *Workload) readDeployment(r *reader) (fault string) {
	strategy, ok := r.strategy(manifest.Keys("spec", "strategy"))
	if !ok {
		return "spec.strategy cannot be read"
	}
	w.Strategy = strategy
	w.MinReadySeconds, _ = r.int32(manifest.Keys("spec", "minReadySeconds"), 0)
	w.ProgressDeadlineSeconds, _ = r.int32(manifest.Keys("spec", "progressDeadlineSeconds"), builtin.progressDeadlineSeconds)
	w.RevisionHistoryLimit, _ = r.int32(manifest.Keys("spec", "revisionHistoryLimit"), builtin.revisionHistoryLimit)
	w.Paused, _ = r.bool(manifest.Keys("spec", "paused"))
	return ""
}

func (r *reader) strategy(path manifest.Path) (*planner.Strategy, bool) {
	if n := r.node(path); r.broken(path) || n != nil && n.Kind != manifest.Mapping {
		return nil, false
	}
	name, ok := r.str(r.in(path, "type"), builtin.strategy)
	if name == "" {
		name = builtin.strategy
	}
	s := &planner.Strategy{Type: planner.StrategyType(name)}
	block := path.Append(manifest.Key("rollingUpdate"))
	switch s.Type {
	case planner.Recreate: // with a rollingUpdate block the server refuses it
		return s, ok && r.node(block) == nil
	case planner.RollingUpdate:
	default:
		return nil, false
	}
	if n := r.node(block); n != nil && n.Kind != manifest.Mapping {
		return nil, false
	}
	surge, ok1 := r.share(r.in(block, "maxSurge"))
	unavailable, ok2 := r.share(r.in(block, "maxUnavailable"))
	s.MaxSurge, s.MaxUnavailable = builtin.maxSurge, builtin.maxUnavailable
	if surge != nil {
		s.MaxSurge = *surge
	}
	if unavailable != nil {
		s.MaxUnavailable = *unavailable
	}
	return s, ok && ok1 && ok2
}
