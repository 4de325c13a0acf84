package planner

import (
	"fmt"
	"math"
	"testing"
)

// benchPod takes 20 s to 50 s to become ready, by its own probes.
var benchPod = Pod{
	TerminationGracePeriodSeconds: 30,
	Containers: []Container{{
		Name:      "web",
		Startup:   &Probe{PeriodSeconds: 10, TimeoutSeconds: 1, SuccessThreshold: 1, FailureThreshold: 30},
		Readiness: &Probe{InitialDelaySeconds: 11, PeriodSeconds: 20, TimeoutSeconds: 1, SuccessThreshold: 1, FailureThreshold: 3},
	}},
}

func benchSpec(replicas int32, surge, unavailable IntOrPercent) Spec {
	spec := rolling(replicas, surge, unavailable)
	spec.Pod = benchPod
	spec.MinReadySeconds = 10
	return spec
}

// TestTotalsOfHugeRollouts: a rollout of any size keeps its bounds and its
// totals, although most of its steps are skipped.
func TestTotalsOfHugeRollouts(t *testing.T) {
	for _, replicas := range []int32{10_000, 1 << 30, math.MaxInt32 - 3} {
		for _, s := range []Strategy{
			{RollingUpdate, Count(1), Count(0)}, {RollingUpdate, Count(0), Count(1)}, {RollingUpdate, Count(3), Count(2)}, {Type: Recreate},
		} {
			for _, mode := range []Readiness{Timed, Together, OneByOne} {
				spec := benchSpec(replicas, s.MaxSurge, s.MaxUnavailable)
				spec.Strategy = s
				scenario := DefaultScenario(benchPod)
				scenario.Readiness = mode
				p, err := Simulate(spec, scenario)
				if err != nil {
					t.Fatal(err)
				}
				surge, unavailable := s.Resolve(replicas)
				low := int64(replicas) - int64(unavailable)
				if s.Type == Recreate {
					low = 0
				}
				if p.Outcome != Complete || p.PeakPods != int64(replicas)+int64(surge) || p.MinAvailable != low {
					t.Errorf("%d %v %s: %s, peak %d, lowest %d; want complete, %d, %d",
						replicas, s, mode, p.Outcome, p.PeakPods, p.MinAvailable, int64(replicas)+int64(surge), low)
				}
				if len(p.Steps) > maxSteps || p.Truncated != (p.TotalSteps > int64(len(p.Steps))) {
					t.Errorf("%d %v %s: %d steps of %d, truncated %v", replicas, s, mode, len(p.Steps), p.TotalSteps, p.Truncated)
				}
			}
		}
	}
}

func BenchmarkSimulate(b *testing.B) {
	for _, bc := range []struct {
		replicas int32
		surge    IntOrPercent
		mode     Readiness
	}{
		{10, Percent(25), Timed},
		{10_000, Percent(25), Together},
		{10_000, Count(1), OneByOne},
		{math.MaxInt32, Count(1), Timed},
		{math.MaxInt32 - 1, Count(1), OneByOne},
		{math.MaxInt32 - 1, Count(1), Timed},
	} {
		b.Run(fmt.Sprintf("%d/%s", bc.replicas, bc.mode), func(b *testing.B) {
			spec, scenario := benchSpec(bc.replicas, bc.surge, Count(0)), DefaultScenario(benchPod)
			scenario.Readiness = bc.mode
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Simulate(spec, scenario); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
