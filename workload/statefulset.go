package workload

import (
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
)

// readStatefulSet reads what only a StatefulSet has, with the defaults of
// apps/v1: OrderedReady, RollingUpdate with partition 0, ten old revisions,
// claims that are retained.
//
// Example: `updateStrategy: {type: RollingUpdate}` is not quite the default: the
// server fills in a rollingUpdate block only where the type is absent, and
// without one a pod that is lost in the middle of a rollout may come back at
// the old version (NoRollingUpdate).
func (w *Workload) readStatefulSet(r *reader) (fault string) {
	field := func(keys ...string) manifest.Path { return manifest.Keys("spec").Append(manifest.Keys(keys...)...) }
	update, block := field("updateStrategy"), field("updateStrategy", "rollingUpdate")
	name, ok1 := r.str(r.in(update, "type"), "")
	partition, ok2 := r.int32(r.in(block, "partition"), 0)
	unavailable, ok3 := r.share(r.in(block, "maxUnavailable"))
	management, ok4 := r.str(field("podManagementPolicy"), "OrderedReady")
	start, ok5 := r.int32(field("ordinals", "start"), 0)
	s := planner.Strategy{Type: planner.StrategyType(name)}
	set := &planner.SetSpec{
		Name: w.Document.Name, Namespace: w.Document.Namespace,
		Parallel: management == "Parallel", Start: start, Partition: partition,
	}
	switch {
	case !ok1 || !ok2 || !ok3 || r.node(update) != nil && r.node(update).Kind != manifest.Mapping:
		return "spec.updateStrategy cannot be read"
	case !ok4 || management != "Parallel" && management != "OrderedReady":
		return "spec.podManagementPolicy cannot be read"
	case !ok5:
		return "spec.ordinals cannot be read"
	case name == "":
		s.Type = planner.RollingUpdate
	case s.Type == planner.RollingUpdate:
		set.NoRollingUpdate = r.node(block) == nil
	case s.Type != planner.OnDelete || r.node(block) != nil:
		return "spec.updateStrategy cannot be read"
	}
	if unavailable != nil {
		s.MaxUnavailable = *unavailable
	}
	w.MinReadySeconds, _ = r.int32(field("minReadySeconds"), 0)
	w.RevisionHistoryLimit, _ = r.int32(field("revisionHistoryLimit"), builtin.revisionHistoryLimit)
	scaled, _ := r.str(field("persistentVolumeClaimRetentionPolicy", "whenScaled"), "Retain")
	set.ClaimsFollowScale = scaled == "Delete"
	templates := field("volumeClaimTemplates")
	items, _ := r.list(templates)
	for i := range items[:min(len(items), maxJoined)] {
		if name, ok := r.str(templates.Append(manifest.Index(i), manifest.Key("metadata"), manifest.Key("name")), ""); ok && name != "" {
			set.Claims = append(set.Claims, name)
		}
	}
	w.SetStrategy, w.Ordered = &s, set
	return ""
}

// statefulSetSpec is what the planner simulates of a StatefulSet. maxUnavailable
// counts only with the feature gate MaxUnavailableStatefulSet, which is off by
// default in the newest patch of every minor up to 1.36 (it was on in 1.35.0 to
// 1.35.3): without it the server drops the field.
func (w *Workload) statefulSetSpec(replicas int32) planner.Spec {
	set := *w.Ordered
	set.MaxUnavailableWorks = w.Gates["MaxUnavailableStatefulSet"]
	return planner.Spec{
		Kind:                 planner.StatefulSet,
		Replicas:             replicas,
		Strategy:             *w.SetStrategy,
		MinReadySeconds:      w.MinReadySeconds,
		RevisionHistoryLimit: w.RevisionHistoryLimit,
		Pod:                  w.Pod.planned(),
		Set:                  set,
	}
}
