package planner

import (
	"fmt"
	"strings"
	"testing"
)

// trace writes a plan on one line: desired/ready of each revision, oldest
// first, "+" between them and " | " between the steps. A revision without a
// ready pod and without a wanted one is 0.
func trace(steps []Step) string {
	var states []string
	for _, s := range steps {
		var sets []string
		for _, r := range s.Revisions {
			set := fmt.Sprintf("%d/%d", r.Desired, r.Ready)
			if r.Desired == 0 && r.Ready == 0 {
				set = "0"
			}
			sets = append(sets, set)
		}
		states = append(states, strings.Join(sets, "+"))
	}
	return strings.Join(states, " | ")
}

// rolling is a Deployment with the defaults that the API server fills in.
func rolling(replicas int32, surge, unavailable IntOrPercent) Spec {
	return Spec{
		Kind: Deployment, Replicas: replicas,
		Strategy:                Strategy{RollingUpdate, surge, unavailable},
		ProgressDeadlineSeconds: 600, RevisionHistoryLimit: 10,
	}
}

func TestRecordedTraces(t *testing.T) {
	for _, test := range []struct {
		spec      Spec
		readiness Readiness
		want      string
	}{
		{rolling(10, Percent(30), Percent(20)), Together, "10/10 | 8/8+5/0 | 3/3+10/5 | 0+10/10"},
		{rolling(10, Percent(30), Percent(20)), Never, "10/10 | 8/8+5/0"},
		{rolling(3, Percent(25), Percent(25)), Together, "3/3 | 3/3+1/0 | 2/2+2/1 | 1/1+3/2 | 0+3/3"},
	} {
		plan, err := Simulate(test.spec, Scenario{
			Readiness: test.readiness, Termination: TerminateNext,
			Events: []Event{{Type: EventUpdate}, {Type: EventRun, Rounds: RunToEnd}},
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := trace(plan.Steps); got != test.want {
			t.Errorf("%s: got %s, want %s", test.readiness, got, test.want)
		}
	}
}
