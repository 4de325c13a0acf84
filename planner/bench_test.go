package planner

import (
	"fmt"
	"math"
	"syscall"
	"testing"
	"time"
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

// BenchmarkSimulate holds the sizes that are promised: a huge rollout in less
// than 10 ms in every mode, 10,000 replicas in less than 50 ms together and 1 s
// one by one, 1,000 typical workloads in less than 0.2 s. The time of the CPU
// is what counts where a machine is shared.
func BenchmarkSimulate(b *testing.B) {
	for _, bc := range []struct {
		name     string
		spec     Spec
		mode     Readiness
		maxSteps int
	}{
		{"typical", benchSpec(10, Percent(25), Percent(25)), Timed, 0},
		{"tenThousand", benchSpec(10_000, Percent(25), Count(0)), Together, 0},
		{"tenThousand", benchSpec(10_000, Count(1), Count(0)), OneByOne, 0},
		{"overflow", benchSpec(math.MaxInt32, Count(1), Count(0)), Timed, 0},
		{"huge", benchSpec(math.MaxInt32-1, Count(1), Count(0)), Together, 0},
		{"huge", benchSpec(math.MaxInt32-1, Count(1), Count(0)), OneByOne, 0},
		{"huge", benchSpec(math.MaxInt32-1, Count(1), Count(0)), Never, 0},
		{"huge", benchSpec(math.MaxInt32-1, Count(1), Count(0)), Timed, 0},
		{"huge100Steps", benchSpec(math.MaxInt32-1, Count(1), Count(0)), Timed, 100},
	} {
		b.Run(fmt.Sprintf("%s/%s", bc.name, bc.mode), func(b *testing.B) {
			scenario := DefaultScenario(benchPod)
			scenario.Readiness, scenario.MaxSteps = bc.mode, bc.maxSteps
			b.ReportAllocs()
			start := cpuTime()
			for b.Loop() {
				if _, err := Simulate(bc.spec, scenario); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(cpuTime()-start)/float64(b.N), "cpu-ns/op")
		})
	}
}

// cpuTime is what the process has used of the CPU so far.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
