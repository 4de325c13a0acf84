package planner

import "math"

// roundUp and roundDown name the direction in which a percentage becomes pods.
const (
	roundUp   = true
	roundDown = false
)

// of turns the value into pods: absolute values stay, percentages are taken of
// replicas and rounded. The controllers multiply first and divide then, in
// floating point, so that 30 % of 10 is exactly 3 and not 3.0000000000000004
// rounded up to 4.
//
//	25 % of 10 is 2.5: up 3, down 2
//	25 % of  3 is 0.75: up 1, down 0
//	150 % of 4 is 6: a surge may exceed 100 %
//
// Mirrors intstr.GetScaledValueFromIntOrPercent.
func (v IntOrPercent) of(replicas int32, up bool) int64 {
	if !v.Percent {
		return int64(v.Value)
	}
	exact := float64(v.Value) * float64(replicas) / 100
	if up {
		return int64(math.Ceil(exact))
	}
	return int64(math.Floor(exact))
}

// Resolve turns the strategy into pods for a number of replicas: how many may
// exist beyond replicas (surge), and how many of replicas may be missing
// (unavailable). Surge rounds up, unavailable rounds down:
//
//	10 replicas, 30 % and 20 %: 3 and 2
//	 3 replicas, 25 % and 25 %: 1 and 0
//	10 replicas, 0 % and 5 %:   0 and 1, because both came out as 0
//	 2 replicas, 0 and 5:       0 and 2, never more than there are
//	Recreate, or no replicas:   0 unavailable; Recreate: also 0 surge
//
// Both may not be 0, or nothing could ever move. The API server refuses that
// as written; where it only comes out of rounding, the controller takes one
// unavailable, because a surge might not fit into a quota.
//
// Mirrors ResolveFenceposts, MaxSurge and MaxUnavailable of
// pkg/controller/deployment/util.
func (s Strategy) Resolve(replicas int32) (surge, unavailable int32) {
	if s.Type != RollingUpdate {
		return 0, 0
	}
	up, down := s.MaxSurge.of(replicas, roundUp), s.MaxUnavailable.of(replicas, roundDown)
	if up == 0 && down == 0 {
		down = 1
	}
	surge, unavailable = int32(up), int32(down)
	if replicas == 0 {
		return surge, 0
	}
	return surge, min(unavailable, replicas)
}
