package planner

// A Split is pods of two versions that serve side by side.
type Split struct {
	Stable, Canary int32
	// Step is where a rollout has these numbers; 0 for two Deployments.
	Step int
}

// Share is the canary's part of the pods, in percent.
func (s Split) Share() float64 {
	if s.Stable+s.Canary == 0 {
		return 0
	}
	return 100 * float64(s.Canary) / (float64(s.Stable) + float64(s.Canary))
}

// SplitCanary shares pods out to two Deployments behind one Service, so that
// the canary has as nearly as possible the given percentage of them, and at
// least one pod. A Service spreads by pods, so the smallest share of n pods is
// one nth: 2 % takes 50 pods, and of 10 pods it becomes 10 %.
func SplitCanary(pods int32, percent float64) Split {
	if pods <= 0 {
		return Split{}
	}
	canary := int32(float64(pods)*min(max(percent, 0), 100)/100 + 0.5)
	canary = max(1, canary)
	return Split{Stable: pods - canary, Canary: canary}
}

// PauseNear says where a rollout is nearest to the given percentage of ready
// pods of the new version, if its pods become ready one by one: the step at
// which to run kubectl rollout pause. Nobody can pause a Deployment at a point
// of his choice. Its first pods come as many as the strategy allows, and
// between two steps there is nothing: 3 replicas with 1 surge can stop at 0,
// 33, 67 and 100 %, never at 20 %.
//
// It errors as Simulate does, and counts the first 10,000 steps.
func PauseNear(spec Spec, percent float64) (nearest Split, err error) {
	plan, err := Simulate(spec, Scenario{Readiness: OneByOne, Events: []Event{{Type: EventUpdate}, {Type: EventRun, Rounds: RunToEnd}}})
	if err != nil {
		return nearest, err
	}
	best := -1.0
	for i, step := range plan.Steps {
		at := Split{Step: i}
		for _, r := range step.Revisions {
			if r.Revision == 1 {
				at.Stable += r.Ready
			} else {
				at.Canary += r.Ready
			}
		}
		off := at.Share() - percent
		if off = max(off, -off); best < 0 || off < best {
			best, nearest = off, at
		}
	}
	return nearest, nil
}
