package planner

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"
)

// The hazards that a plan may name. Rules turn them into findings; the ids
// never change.
const (
	// HazardStalls: the rollout stops before its end and nothing but a repair
	// moves it on.
	HazardStalls = "stalls"
	// HazardZeroAvailable: not one pod is available at some step, although
	// some were before and replicas are wanted.
	HazardZeroAvailable = "zero-available"
	// HazardBelowBounds: fewer pods are available than the strategy promises,
	// after a scale in mid-rollout or because pods stopped being ready.
	HazardBelowBounds = "below-bounds"
	// HazardProgressDeadline: one leg of the rollout can take longer than
	// progressDeadlineSeconds, so it is reported as failed while it goes on.
	HazardProgressDeadline = "progress-deadline"
	// HazardPercentRoundsToZero: maxUnavailable is a percentage above 0 and
	// comes out as no pod at all.
	HazardPercentRoundsToZero = "percent-rounds-to-zero"
	// HazardBothRoundToZero: maxSurge and maxUnavailable both come out as 0,
	// so the controller takes one unavailable.
	HazardBothRoundToZero = "both-round-to-zero"
	// HazardOverflow: replicas and surge are more than an int32 holds.
	HazardOverflow = "int32-overflow"
	// HazardOldVersionFirst: a new template and more replicas came in one
	// apply, so pods of the old version are created first.
	HazardOldVersionFirst = "old-version-first"
)

// The fields that bind.
const (
	fieldReplicas       = "spec.replicas"
	fieldType           = "spec.strategy.type"
	fieldSurge          = "spec.strategy.rollingUpdate.maxSurge"
	fieldMaxUnavailable = "spec.strategy.rollingUpdate.maxUnavailable"
	fieldDeadline       = "spec.progressDeadlineSeconds"
)

// hazards lists what the run met, by step and in the order above.
func (r *run) hazards(outcome Outcome) []Hazard {
	list := r.rounding()
	list = append(list, r.met...)
	if outcome == Stalled {
		list = append(list, r.stall())
	}
	slices.SortStableFunc(list, func(a, b Hazard) int { return a.Step - b.Step })
	return list
}

// rounding are the dangers that the numbers hold before anything happens.
func (r *run) rounding() (list []Hazard) {
	s, replicas := r.d.spec.Strategy, r.d.spec.Replicas
	if s.Type != RollingUpdate || replicas == 0 {
		return nil
	}
	surge, down := s.MaxSurge.of(replicas, roundUp), s.MaxUnavailable.of(replicas, roundDown)
	if sum := int64(replicas) + surge; sum > math.MaxInt32 {
		list = append(list, Hazard{Hazard: HazardOverflow, Field: fieldReplicas, Message: fmt.Sprintf(
			"%s replicas and %s surge are %s, which the controller's 32 bits hold as %s: no new pod is ever created", digits(replicas), digits(surge), digits(sum), digits(int32(sum)))})
	}
	if down > 0 || !s.MaxUnavailable.Percent || s.MaxUnavailable.Value == 0 {
		return list
	}
	arithmetic := fmt.Sprintf("maxUnavailable is floor(%s × %d = %s) = 0", s.MaxUnavailable, replicas, hundredths(int64(s.MaxUnavailable.Value)*int64(replicas)))
	if surge > 0 {
		return append(list, Hazard{Hazard: HazardPercentRoundsToZero, Field: fieldMaxUnavailable,
			Message: fmt.Sprintf("%s: no pod may be missing, and each step needs room for %d more", arithmetic, surge)})
	}
	return append(list, Hazard{Hazard: HazardBothRoundToZero, Field: fieldMaxUnavailable,
		Message: arithmetic + ", and maxSurge is 0 too: the controller takes 1 unavailable"})
}

// hundredths writes n/100 with no more digits than it needs: 75 is 0.75, 250
// is 2.5.
func hundredths(n int64) string {
	return strconv.FormatFloat(float64(n)/100, 'f', -1, 64)
}

// watch notes the dangers of the step that is being recorded, each at the
// first step that has it.
func (r *run) watch(event EventType, s Step) {
	d := r.d
	needed := int64(d.spec.Replicas) - int64(d.unavailable)
	field := fieldMaxUnavailable
	switch {
	case d.spec.Replicas > r.replicas: // raised in this step
		field = fieldReplicas
	case d.spec.Strategy.Type == Recreate:
		field = fieldType
	}
	if s.Available == 0 && r.minAvailable > 0 && d.spec.Replicas > 0 {
		r.meet(HazardZeroAvailable, field, "no pod available of %s wanted", digits(d.spec.Replicas))
	}
	if s.Available < needed && d.spec.Strategy.Type == RollingUpdate && s.Available > 0 {
		r.meet(HazardBelowBounds, field, "%s available, and the strategy promises %d", podCount(nil, s.Available), needed)
	}
	if d.late > 0 && d.kubelet.readiness == Timed {
		r.meet(HazardProgressDeadline, fieldDeadline, "one leg of the rollout can take %s, and after %s without progress it is reported as failed",
			short(time.Duration(min(d.late, math.MaxInt64/1_000_000))*time.Millisecond), fieldSeconds(d.spec.ProgressDeadlineSeconds))
	}
	if event == EventUpdate && d.template == len(d.pods) {
		for _, m := range d.moves {
			if m.set.template != d.template && m.to > m.from {
				r.meet(HazardOldVersionFirst, fieldReplicas, "template and replicas change in one apply: %d pods of the old version are created first", m.to-m.from)
			}
		}
	}
}

// meet notes a danger at the present step, unless it has been met before.
func (r *run) meet(hazard, field, format string, args ...any) {
	for _, h := range r.met {
		if h.Hazard == hazard {
			return
		}
	}
	r.met = append(r.met, Hazard{Hazard: hazard, Step: int(r.total), Field: field, Message: fmt.Sprintf(format, args...)})
}

// stall says where the rollout stopped, and which field holds it there.
func (r *run) stall() Hazard {
	d := r.d
	h := Hazard{Hazard: HazardStalls, Step: int(r.total - 1), Field: fieldMaxUnavailable}
	var before, after int64
	for _, rs := range d.sets {
		if rs.template == d.template {
			after += int64(rs.observed.replicas)
		} else {
			before += int64(rs.observed.replicas)
		}
	}
	h.Message = fmt.Sprintf("stops at %s old and %s new pods: %s", digits(before), digits(after), d.standstill(nil, EventRun))
	switch {
	case d.spec.Strategy.Type == Recreate:
		h.Field = fieldType
	case int64(d.spec.Replicas)+int64(d.surge) > math.MaxInt32:
		h.Field = fieldReplicas
	case d.unavailable == 0:
		h.Field = fieldSurge
	}
	if d.kubelet.readiness == Timed {
		if field, cause := d.kubelet.assumptions.blocker(d.pod(), d.kubelet.bound); cause != "" {
			h.Field, h.Message = field, fmt.Sprintf("%s: the rollout stops at %s old and %s new pods", cause, digits(before), digits(after))
		}
	}
	return h
}
