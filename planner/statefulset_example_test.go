package planner_test

import (
	"fmt"

	"github.com/rollcast/rollcast/planner"
)

// db is a StatefulSet of three pods.
var db = planner.Spec{
	Kind:                 planner.StatefulSet,
	Replicas:             3,
	Strategy:             planner.Strategy{Type: planner.RollingUpdate},
	RevisionHistoryLimit: 10,
	Set:                  planner.SetSpec{Name: "db", Claims: []string{"data"}},
}

// A StatefulSet is updated from the highest ordinal down, one pod at a time.
func ExampleSimulate_statefulSet() {
	plan, err := planner.Simulate(db, planner.Scenario{Readiness: planner.Together, Events: []planner.Event{
		{Type: planner.EventUpdate}, {Type: planner.EventRun, Rounds: planner.RunToEnd}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, step := range plan.Steps {
		print(step)
	}
	fmt.Println(plan.Outcome, plan.Steps[0].Claims)
	// Output:
	// start: v1 3/3 (3 available, 0 terminating): before: 3 of revision 1
	// update: v1 2/2 v2 0/1 (2 available, 0 terminating): db-2 is deleted, the highest of the old version; db-2 is created at revision 2; waits for db-2 to become ready
	// run: v1 1/1 v2 1/2 (2 available, 0 terminating): db-1 is deleted, the highest of the old version; db-1 is created at revision 2; waits for db-1 to become ready
	// run: v2 2/3 (2 available, 0 terminating): db-0 is deleted, the highest of the old version; db-0 is created at revision 2; waits for db-0 to become ready
	// run: v2 3/3 (3 available, 0 terminating): 3 of 3 available, all of revision 2
	// complete [data-db-0 data-db-1 data-db-2]
}

// A bad version and its undo: with OrderedReady the undo alone changes nothing,
// and the plan says what else it takes.
func ExampleSimulate_statefulSetUndo() {
	plan, err := planner.Simulate(db, planner.Scenario{Readiness: planner.Never, Events: []planner.Event{
		{Type: planner.EventUpdate}, {Type: planner.EventUndo}, {Type: planner.EventRun, Rounds: planner.RunToEnd}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, step := range plan.Steps {
		print(step)
	}
	fmt.Printf("%s: %s\n", plan.Outcome, plan.Hazards[len(plan.Hazards)-1].Message)
	// Output:
	// start: v1 3/3 (3 available, 0 terminating): before: 3 of revision 1
	// update: v1 2/2 v2 0/1 (2 available, 0 terminating): db-2 is deleted, the highest of the old version; db-2 is created at revision 2; waits for db-2 to become ready
	// undo: v1 2/2 v2 0/1 (2 available, 0 terminating): waits for db-2 of revision 2 to become ready, and replaces nothing before; if it never does: kubectl delete pod db-2
	// waiting: db-2 is of revision 2 and not ready, and nothing is replaced before it is: kubectl delete pod db-2
}
