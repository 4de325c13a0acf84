package planner

import (
	"math"
	"testing"
	"time"
)

func TestHuge(t *testing.T) {
	pod := Pod{TerminationGracePeriodSeconds: 30, Containers: []Container{{Name: "a", Startup: &Probe{0, 10, 1, 1, 30, false}, Readiness: &Probe{11, 20, 1, 1, 3, false}}}}
	for _, n := range []int32{10000, math.MaxInt32, math.MaxInt32 - 1, 1 << 30} {
		for _, st := range []Strategy{{RollingUpdate, Count(1), Count(0)}, {RollingUpdate, Count(0), Count(1)}, {RollingUpdate, Percent(25), Percent(25)}, {RollingUpdate, Count(3), Count(2)}, {Type: Recreate}} {
			for _, m := range []Readiness{Timed, Together, OneByOne, Never} {
				sc := DefaultScenario(pod)
				sc.Readiness = m
				sp := rolling(n, st.MaxSurge, st.MaxUnavailable)
				sp.Strategy = st
				sp.Pod = pod
				sp.MinReadySeconds = 10
				t0 := time.Now()
				p, err := Simulate(sp, sc)
				dt := time.Since(t0)
				var dur any
				if p.DurationSeconds != nil {
					dur = p.DurationSeconds.Min
					if p.DurationSeconds.Max != nil {
						dur = []float64{p.DurationSeconds.Min, *p.DurationSeconds.Max}
					}
				}
				t.Log(n, st, m, dt, err, p.Outcome, p.TotalSteps, p.PeakPods, p.PeakPodsWithTerminating, p.MinAvailable, p.MaxNotReady, dur)
			}
		}
	}
}
