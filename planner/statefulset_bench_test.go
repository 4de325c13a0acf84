package planner

import (
	"fmt"
	"math"
	"testing"
)

// BenchmarkStatefulSet holds what is promised of Deployments: any size in some
// 10 ms, a typical one in far less than 0.2 ms.
func BenchmarkStatefulSet(b *testing.B) {
	for _, bc := range []struct {
		name     string
		replicas int32
		parallel bool
		mode     Readiness
		maxSteps int
	}{
		{"typical", 5, false, Timed, 0},
		{"tenThousand", 10_000, false, Together, 0},
		{"huge", math.MaxInt32, false, Together, 0},
		{"huge", math.MaxInt32, false, OneByOne, 0},
		{"huge", math.MaxInt32, true, Together, 0},
		{"huge", math.MaxInt32, false, Never, 0},
		{"huge", math.MaxInt32, false, Timed, 0},
		{"huge100Steps", math.MaxInt32, false, Timed, 100},
	} {
		b.Run(fmt.Sprintf("%s/%s/parallel=%v", bc.name, bc.mode, bc.parallel), func(b *testing.B) {
			spec := ordered(bc.replicas)
			spec.Pod, spec.Set.Parallel, spec.MinReadySeconds = benchPod, bc.parallel, 10
			scenario := DefaultScenario(benchPod)
			scenario.Readiness, scenario.MaxSteps = bc.mode, bc.maxSteps
			b.ReportAllocs()
			start := cpuTime()
			for b.Loop() {
				if _, err := Simulate(spec, scenario); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(cpuTime()-start)/float64(b.N), "cpu-ns/op")
		})
	}
}
