package planner

import "fmt"

// HazardDeleteByHand: a pod of another version is not ready, and the controller
// neither replaces it nor anything else before it is. A user has to delete it.
const HazardDeleteByHand = "delete-by-hand"

// HazardClaimsDeleted: volume claims are deleted with the pods of a scale-down,
// and what is on them is lost.
const HazardClaimsDeleted = "claims-deleted"

const (
	fieldSetStrategy = "spec.updateStrategy"
	fieldManagement  = "spec.podManagementPolicy"
	fieldWhenScaled  = "spec.persistentVolumeClaimRetentionPolicy.whenScaled"
)

// simulateStatefulSet plays a scenario on a StatefulSet.
func simulateStatefulSet(spec Spec, sc Scenario) (Plan, error) {
	if err := spec.checkStatefulSet(); err != nil {
		return Plan{}, err
	}
	start := func(k kubelet) controller { return startStatefulSet(spec, k, sc) }
	high, low, err := told(sc, start)
	if err != nil {
		return Plan{}, err
	}
	s := high.c.(*statefulSet)
	p := high.plan(sc, low)
	p.Strategy = ResolvedStrategy{
		Type: s.spec.Strategy.Type, UnavailablePods: s.spec.unavailableOfSet(),
		PodManagement: "OrderedReady", Partition: s.spec.Set.Partition,
	}
	if s.spec.Set.Parallel {
		p.Strategy.PodManagement = "Parallel"
	}
	if s.spec.Strategy.Type == RollingUpdate && s.spec.Set.MaxUnavailableWorks {
		p.Strategy.MaxUnavailable = s.spec.Strategy.MaxUnavailable.String()
	}
	p.Replicas = FromTo{From: spec.Replicas, To: s.spec.Replicas}
	p.Bounds = s.bounds()
	if sc.Readiness == Timed {
		p.Assumptions = sc.Assumptions.texts(spec.Pod)
	}
	p.IfBad = s.ifBad(spec, sc)
	p.Hazards = append(p.Hazards, s.ending(p.Outcome, int(high.total-1))...)
	return p, nil
}

// bounds are what the strategy promises. A StatefulSet never has more pods than
// replicas.
func (s *statefulSet) bounds() Bounds {
	return Bounds{MaxPods: int64(s.spec.Replicas), MinAvailable: max(0, int64(s.spec.Replicas)-s.unavailable)}
}

// dangers implements controller.
func (s *statefulSet) dangers(step Step, before extremes) (list []Hazard) {
	replicas := int64(s.spec.Replicas)
	needed := s.bounds().MinAvailable
	switch {
	case step.Available == 0 && before.minAvailable > 0 && replicas > 0:
		list = append(list, Hazard{Hazard: HazardZeroAvailable, Field: fieldReplicas,
			Message: fmt.Sprintf("no pod available of %s wanted", digits(replicas))})
	case step.Available < needed && step.Available > 0:
		list = append(list, Hazard{Hazard: HazardBelowBounds, Field: fieldReplicas,
			Message: fmt.Sprintf("%s available, and the strategy promises %d", podCount(nil, step.Available), needed)})
	}
	if s.unclaimed > 0 {
		list = append(list, Hazard{Hazard: HazardClaimsDeleted, Field: fieldWhenScaled,
			Message: "volume claims are deleted with the pods that a scale-down takes, and what is on the volumes is lost"})
	}
	return list
}

// ending are the hazards of how a scenario ends.
func (s *statefulSet) ending(outcome Outcome, step int) []Hazard {
	h := s.hold()
	switch {
	case outcome == Stalled:
		danger := Hazard{Hazard: HazardStalls, Step: step, Field: fieldSetStrategy}
		old, updated := s.halves()
		danger.Message = fmt.Sprintf("stops at %d old and %d new pods: %s", old, updated, s.holdText(nil))
		if s.kubelet.readiness == Timed {
			if field, cause := s.kubelet.assumptions.blocker(*s.pods[s.template-1], s.kubelet.bound); cause != "" {
				danger.Field, danger.Message = field, fmt.Sprintf("%s: the rollout stops at %d old and %d new pods", cause, old, updated)
			}
		}
		return []Hazard{danger}
	case h.kind == holdByHand && s.kubelet.readiness != Manual:
		return []Hazard{{Hazard: HazardDeleteByHand, Step: step, Field: fieldManagement, Message: fmt.Sprintf(
			"%s is of revision %d and not ready, and nothing is replaced before it is: %s", s.name(h.ordinal), h.revision, s.deleteCommand(h.ordinal))}}
	default:
		return nil
	}
}

// halves counts the pods of old versions and of the new one.
func (s *statefulSet) halves() (old, updated int64) {
	for _, r := range s.rows {
		switch {
		case r.phase == podLeaving:
		case r.revision == s.update:
			updated += r.n
		default:
			old += r.n
		}
	}
	return old, updated
}

// ifBad plays the same change with a new version that never becomes ready, and
// then the undo. With OrderedReady the undo alone changes nothing: the broken
// pod is not ready, and a pod that is not ready stops the controller before it
// gets as far as the update (kubernetes#67250). Only when somebody deletes it is
// it created again, of the old version, and the others follow.
//
// It is nil where the scenario is not one update that is run to its end, or
// where the update replaces nothing.
func (s *statefulSet) ifBad(spec Spec, sc Scenario) *IfBad {
	if len(sc.Events) != 2 || sc.Events[0].Type != EventUpdate || !sc.runsToEnd() {
		return nil
	}
	sc.Readiness = Never
	bad := startStatefulSet(spec, kubelet{sc.Readiness, sc.Termination, sc.Assumptions, longest}, sc)
	told := newChronicle(bad, sc)
	if err := told.play(sc.Events); err != nil || bad.outcome(sc) != Stalled {
		return nil
	}
	bad.reap(never) // by the time that anyone notices
	state, _ := bad.look()
	result := &IfBad{Outcome: Stalled, Revisions: state.Revisions, Available: state.Available, Undo: []Step{}}
	plateau := len(told.steps)
	events := []Event{{Type: EventUndo}, sc.Events[1]}
	for range maxByHand {
		if err := told.play(events); err != nil {
			return result
		}
		h := bad.hold()
		if h.kind != holdByHand {
			break
		}
		result.Delete = append(result.Delete, bad.name(h.ordinal))
		ordinal := int32(h.ordinal)
		events = []Event{{Type: EventDelete, Ordinal: &ordinal}, sc.Events[1]}
	}
	result.Undo = told.steps[plateau:]
	return result
}

// maxByHand bounds how many pods the way back deletes by hand.
const maxByHand = 8
