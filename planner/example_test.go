package planner_test

import (
	"fmt"
	"time"

	"github.com/rollcast/rollcast/planner"
)

// web is a Deployment of ten pods that take 11 to 31 s to become ready.
var web = planner.Spec{
	Kind:     planner.Deployment,
	Replicas: 10,
	Strategy: planner.Strategy{
		Type:           planner.RollingUpdate,
		MaxSurge:       planner.Percent(30),
		MaxUnavailable: planner.Percent(20),
	},
	ProgressDeadlineSeconds: 600,
	RevisionHistoryLimit:    10,
	Pod: planner.Pod{
		TerminationGracePeriodSeconds: 30,
		Containers: []planner.Container{{
			Name:      "web",
			Readiness: &planner.Probe{InitialDelaySeconds: 11, PeriodSeconds: 20, TimeoutSeconds: 1, SuccessThreshold: 1, FailureThreshold: 3},
		}},
	},
}

// print writes a step: its time, the pods of each revision, and the reason.
func print(s planner.Step) {
	if s.Seconds != nil && s.Seconds.Max != nil {
		fmt.Printf("%v..%v s ", s.Seconds.Min, *s.Seconds.Max)
	}
	fmt.Print(s.Event, ":")
	for _, r := range s.Revisions {
		fmt.Printf(" v%d %d/%d", r.Revision, r.Ready, r.Desired)
	}
	fmt.Printf(" (%d available, %d terminating): %s\n", s.Available, s.Terminating, s.Why)
}

// The rollout of a new version, with the times that its probes allow.
func ExampleSimulate() {
	scenario := planner.DefaultScenario(web.Pod)
	scenario.Assumptions = planner.Assumptions{
		Pull:     planner.Span{Max: 20 * time.Second},
		Startup:  planner.Span{Max: 5 * time.Second},
		Shutdown: planner.Span{Max: 30 * time.Second},
	}
	plan, err := planner.Simulate(web, scenario)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, step := range plan.Steps {
		print(step)
	}
	fmt.Printf("%s in %v to %v s, at most %d pods (%d with terminating ones), at least %d available\n", plan.Outcome,
		plan.DurationSeconds.Min, *plan.DurationSeconds.Max, plan.PeakPods, plan.PeakPodsWithTerminating, plan.MinAvailable)
	// Output:
	// 0..0 s start: v1 10/10 (10 available, 0 terminating): before: 10 of revision 1
	// 0..0 s update: v1 8/8 v2 0/5 (8 available, 2 terminating): 2 of 10 may be unavailable: 10→8 old; 13 allowed: 0→5 new
	// 11..51 s run: v1 3/3 v2 5/10 (8 available, 5 terminating): 2 of 10 may be unavailable: 8→3 old; 10 wanted: 5→10 new
	// 22..102 s run: v1 0/0 v2 10/10 (10 available, 3 terminating): 2 of 10 may be unavailable: 3→0 old
	// complete in 22 to 102 s, at most 13 pods (18 with terminating ones), at least 8 available
}

// A new version that never becomes ready: where it stops, and the way back.
func ExampleSimulate_ifBad() {
	plan, err := planner.Simulate(web, planner.DefaultScenario(web.Pod))
	if err != nil {
		fmt.Println(err)
		return
	}
	bad := plan.IfBad
	fmt.Printf("%s with %d available, noticed after %d s\n", bad.Outcome, bad.Available, bad.DetectedAfterSeconds)
	for _, step := range bad.Undo {
		print(step)
	}
	// Output:
	// stalled with 8 available, noticed after 600 s
	// undo: v1 8/10 v2 0/0 (8 available, 5 terminating): not available anyway: 5→0 of revision 2; 10 wanted: 8→10 of revision 1
	// run: v1 10/10 v2 0/0 (10 available, 0 terminating): 10 of 10 available, all of revision 1
}

// Scaling in the middle of a rollout shares the new pods out in proportion.
func ExampleSimulate_scale() {
	plan, err := planner.Simulate(web, planner.Scenario{
		Readiness: planner.Manual,
		Events: []planner.Event{
			{Type: planner.EventUpdate},
			{Type: planner.EventScale, Replicas: 15},
			{Type: planner.EventReady, Revision: 1, Pods: 4},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, step := range plan.Steps {
		print(step)
	}
	for _, hazard := range plan.Hazards {
		fmt.Printf("step %d, %s: %s\n", hazard.Step, hazard.Field, hazard.Message)
	}
	// Output:
	// start: v1 10/10 (10 available, 0 terminating): before: 10 of revision 1
	// update: v1 8/8 v2 0/5 (8 available, 0 terminating): 2 of 10 may be unavailable: 10→8 old; 13 allowed: 0→5 new
	// scale: v1 8/12 v2 0/8 (8 available, 0 terminating): scaled to 15, in proportion to 20 allowed: 8→12 old, 5→8 new
	// ready: v1 12/12 v2 0/8 (12 available, 0 terminating): 20 pods of 20 allowed, 12 available of 12 needed; 8 new not ready
	// step 2, spec.replicas: 8 pods available, and the strategy promises 12
}

// Percentages of few replicas round to surprising numbers.
func ExampleStrategy_Resolve() {
	quarter := planner.Strategy{Type: planner.RollingUpdate, MaxSurge: planner.Percent(25), MaxUnavailable: planner.Percent(25)}
	for _, replicas := range []int32{1, 3, 4, 10} {
		surge, unavailable := quarter.Resolve(replicas)
		fmt.Printf("%d replicas: %d more, %d missing\n", replicas, surge, unavailable)
	}
	// Output:
	// 1 replicas: 1 more, 0 missing
	// 3 replicas: 1 more, 0 missing
	// 4 replicas: 1 more, 1 missing
	// 10 replicas: 3 more, 2 missing
}
