package facts

import (
	"math"
	"testing"

	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/workload"
)

func TestArithmetic(t *testing.T) {
	const autoscaler = "the autoscaler's minimum of "
	for _, tc := range []struct {
		surge, unavailable planner.IntOrPercent
		replicas           int32
		of                 string
		wantSurge          string
		wantUnavailable    string
	}{
		{planner.Percent(25), planner.Percent(25), 3, "", "25% of 3 is 0.75, rounded up to 1", "25% of 3 is 0.75, rounded down to 0"},
		{planner.Percent(25), planner.Percent(25), 4, "", "25% of 4 is 1", "25% of 4 is 1"},
		{planner.Percent(30), planner.Percent(20), 10, "", "30% of 10 is 3", "20% of 10 is 2"},
		{planner.Percent(25), planner.Percent(25), 10, autoscaler, "25% of the autoscaler's minimum of 10 is 2.5, rounded up to 3", "25% of the autoscaler's minimum of 10 is 2.5, rounded down to 2"},
		{planner.Count(0), planner.Percent(10), 2, "", "0", "10% of 2 is 0.2, rounded down to 0, and raised to 1 because maxSurge is 0 as well"},
		{planner.Count(1), planner.Count(5), 3, "", "1", "5, of which 3 replicas make 3"},
		{planner.Percent(150), planner.Percent(7), 101, "", "150% of 101 is 151.5, rounded up to 152", "7% of 101 is 7.07, rounded down to 7"},
		{planner.Percent(100), planner.Count(1), math.MaxInt32, "", "100% of 2147483647 is 2147483647", "1"},
	} {
		s := &planner.Strategy{Type: planner.RollingUpdate, MaxSurge: tc.surge, MaxUnavailable: tc.unavailable}
		surge, unavailable := s.Resolve(tc.replicas)
		if got := resolveSurge(s, tc.replicas, surge, tc.of); got.Arithmetic != tc.wantSurge || got.Pods != surge {
			t.Errorf("surge %v of %d: %+v, want %q", tc.surge, tc.replicas, got, tc.wantSurge)
		}
		if got := resolveUnavailable(s, tc.replicas, unavailable, tc.of); got.Arithmetic != tc.wantUnavailable || got.Pods != unavailable {
			t.Errorf("unavailable %v of %d: %+v, want %q", tc.unavailable, tc.replicas, got, tc.wantUnavailable)
		}
	}
}

// TestShareAgrees compares the arithmetic with the planner's own rounding.
func TestShareAgrees(t *testing.T) {
	for percent := int32(0); percent <= 120; percent++ {
		for replicas := int32(1); replicas <= 60; replicas++ {
			s := planner.Strategy{Type: planner.RollingUpdate, MaxSurge: planner.Percent(percent), MaxUnavailable: planner.Count(1)}
			want, _ := s.Resolve(replicas)
			if _, got := share(planner.Percent(percent), replicas, "", "up"); got != int64(want) {
				t.Fatalf("%d%% of %d rounded up: %d, want %d", percent, replicas, got, want)
			}
			s.MaxSurge, s.MaxUnavailable = planner.Count(1), planner.Percent(percent)
			_, want = s.Resolve(replicas)
			if _, got := share(planner.Percent(percent), replicas, "", "down"); min(got, int64(replicas)) != int64(want) {
				t.Fatalf("%d%% of %d rounded down: %d, want %d", percent, replicas, got, want)
			}
		}
	}
}

func TestSlack(t *testing.T) {
	percent := planner.Percent(90)
	one := planner.Count(1)
	for _, tc := range []struct {
		name         string
		budget       workload.Budget
		own          int32 // effective replicas of the workload
		replicas     int32 // of the plan
		minReady     int64
		want         Slack
		wantsNothing bool
	}{
		{"percentage", workload.Budget{MinAvailable: &percent, Scalable: true, Pods: 8}, 8, 8, 6,
			Slack{Field: "minAvailable", Pods: 8, DesiredHealthy: 8, Spare: 0, Ready: 6, Slack: -2, Arithmetic: "minAvailable 90% of 8 pods"}, false},
		{"another workload of 4", workload.Budget{MaxUnavailable: &one, Scalable: true, Pods: 12}, 8, 8, 6,
			Slack{Field: "maxUnavailable", Pods: 12, DesiredHealthy: 11, Spare: 1, Ready: 10, Slack: -1, Arithmetic: "maxUnavailable 1 of 12 pods, so 11"}, false},
		{"at the autoscaler's maximum", workload.Budget{MaxUnavailable: &one, Scalable: true, Pods: 3}, 3, 20, 20,
			Slack{Field: "maxUnavailable", Pods: 20, DesiredHealthy: 19, Spare: 1, Ready: 20, Slack: 1, Arithmetic: "maxUnavailable 1 of 20 pods, so 19"}, false},
		{"no scale", workload.Budget{MaxUnavailable: &one, Pods: 8}, 8, 8, 6, Slack{}, true},
	} {
		w := &workload.Workload{Replicas: workload.Replicas{Effective: tc.own}}
		tc.budget.Document = document("web")
		got, ok := slackOf(&tc.budget, w, &Plan{Replicas: tc.replicas, MinReady: tc.minReady})
		tc.want.Name = "web"
		if ok == tc.wantsNothing || ok && got != tc.want {
			t.Errorf("%s: %v\ngot  %+v\nwant %+v", tc.name, ok, got, tc.want)
		}
	}
}
