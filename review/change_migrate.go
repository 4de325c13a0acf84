package review

import (
	"fmt"
	"math"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/workload"
)

// drifted plans a rollout of a migrated object before and after, and says so
// where the defaults of the two versions make a difference.
//
// Example: 10 replicas without a strategy had 1 and 1 in extensions/v1beta1, so 9
// to 11 pods; apps/v1 makes 25% and 25% of that, so 8 to 13.
func (ch *Change) drifted(old, now *workload.Workload) {
	if !ch.Is(Migrated) || ch.Is(Rejected) {
		return
	}
	from, ok := old.Running(old.Replicas.Effective)
	if !ok || !withOldDefaults(&from, old.Document) {
		return
	}
	to, ok := now.Spec(now.Replicas.Effective)
	if !ok || to.Kind != from.Kind {
		return
	}
	before, err := planner.Simulate(from, from.DefaultScenario())
	if err != nil {
		return
	}
	after, err := planner.Simulate(to, to.DefaultScenario())
	if err != nil {
		return
	}
	was, is := inShort(&before), inShort(&after)
	if was == is {
		return
	}
	ch.warn(fmt.Sprintf("with the defaults of %s a rollout of it %s, and with those of %s it %s: "+
		"kubectl apply keeps what was filled in when the object was created, so this counts once it is created anew",
		old.Document.APIVersion, was, now.Document.APIVersion, is))
}

// inShort is a rollout in a few words.
func inShort(p *planner.Plan) string {
	if p.Outcome == planner.Waiting {
		return "waits for someone to delete its pods"
	}
	return fmt.Sprintf("keeps %d available and has up to %d pods", p.MinAvailable, p.PeakPods)
}

// withOldDefaults puts the defaults of a version that is gone in the place of
// those of apps/v1 (SetDefaults_Deployment of extensions/v1beta1,
// SetDefaults_StatefulSet of apps/v1beta1). It reports whether any differ.
func withOldDefaults(s *planner.Spec, d *manifest.Document) bool {
	unsaid := func(keys ...string) bool { return unwritten(d, manifest.Keys(keys...)) }
	switch d.APIVersion + " " + d.Kind {
	case "extensions/v1beta1 Deployment":
		if unsaid("spec", "progressDeadlineSeconds") {
			s.ProgressDeadlineSeconds = math.MaxInt32
		}
		if s.Strategy.Type != planner.RollingUpdate {
			return false
		}
		surge, unavailable := unsaid("spec", "strategy", "rollingUpdate", "maxSurge"), unsaid("spec", "strategy", "rollingUpdate", "maxUnavailable")
		if surge {
			s.Strategy.MaxSurge = planner.Count(1)
		}
		if unavailable {
			s.Strategy.MaxUnavailable = planner.Count(1)
		}
		return surge || unavailable
	case "extensions/v1beta1 DaemonSet", "apps/v1beta1 StatefulSet":
		if !unsaid("spec", "updateStrategy", "type") {
			return false
		}
		s.Strategy = planner.Strategy{Type: planner.OnDelete}
		return true
	}
	return false
}
