package planner

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// TestHazards: which dangers a rollout meets, at which step, and which field
// binds.
func TestHazards(t *testing.T) {
	web := pod(Container{Name: "web", Readiness: probe(0, 10, 1, 3)})
	slow := pod(Container{Name: "web", Startup: probe(0, 10, 1, 60), Readiness: probe(0, 10, 1, 3)})
	for _, test := range []struct {
		name     string
		spec     Spec
		scenario Scenario
		want     []string
	}{
		{"nothing", rolling(4, Count(1), Count(1)), Scenario{Readiness: Together, Events: []Event{update, toTheEnd}}, nil},
		{"25 % of 3 is no pod", rolling(3, Percent(25), Percent(25)), Scenario{Readiness: Together, Events: []Event{update, toTheEnd}},
			[]string{"percent-rounds-to-zero 0 spec.strategy.rollingUpdate.maxUnavailable: maxUnavailable is floor(25% × 3 = 0.75) = 0: no pod may be missing, and each step needs room for 1 more"}},
		{"both limits are no pod", rolling(2, Count(0), Percent(10)), Scenario{Readiness: Together, Events: []Event{update, toTheEnd}},
			[]string{"both-round-to-zero 0 spec.strategy.rollingUpdate.maxUnavailable: maxUnavailable is floor(10% × 2 = 0.2) = 0, and maxSurge is 0 too: the controller takes 1 unavailable"}},
		{"one pod that may be missing", rolling(1, Count(0), Count(1)), Scenario{Readiness: Together, Events: []Event{update, toTheEnd}},
			[]string{"zero-available 1 spec.strategy.rollingUpdate.maxUnavailable: no pod available of 1 wanted"}},
		{"Recreate", recreating(3), Scenario{Readiness: Together, Events: []Event{update, toTheEnd}},
			[]string{"zero-available 1 spec.strategy.type: no pod available of 3 wanted"}},
		{"a bad image", rolling(10, Percent(30), Percent(20)), Scenario{Readiness: Never, Events: []Event{update, toTheEnd}},
			[]string{"stalls 1 spec.strategy.rollingUpdate.maxUnavailable: stops at 8 old and 5 new pods: 13 pods of 13 allowed, 8 available of 8 needed; 5 new not ready"}},
		{"a bad image, nothing may be missing", rolling(2, Count(1), Count(0)), Scenario{Readiness: Never, Events: []Event{update, toTheEnd}},
			[]string{"stalls 1 spec.strategy.rollingUpdate.maxSurge: stops at 2 old and 1 new pods: 3 pods of 3 allowed, 2 available of 2 needed; 1 new not ready"}},
		{"a probe port that leads nowhere", rolling(2, Count(1), Count(0)), Scenario{Readiness: Timed, Events: []Event{{Type: EventUpdate, Pod: ptr(pod(Container{Name: "web", Readiness: lost()}))}, toTheEnd}},
			[]string{`stalls 1 spec.template.spec.containers[0].readinessProbe: the readiness probe of container "web" has a port name that leads nowhere: the rollout stops at 2 old and 1 new pods`}},
		{"more replicas than 32 bits hold", rolling(math.MaxInt32, Count(1), Count(0)), Scenario{Readiness: Together, Events: []Event{update, toTheEnd}},
			[]string{"int32-overflow 0 spec.replicas: 2,147,483,647 replicas and 1 surge are 2,147,483,648, which the controller's 32 bits hold as -2,147,483,648: no new pod is ever created",
				"stalls 1 spec.replicas: stops at 2,147,483,647 old and 0 new pods: 2,147,483,647 pods of 2,147,483,648 allowed, 2,147,483,647 available of 2,147,483,647 needed"}},
		{"scaled up in mid-rollout", rolling(10, Percent(30), Percent(20)), Scenario{Readiness: Together, Events: []Event{update, scale(15), toTheEnd}},
			[]string{"below-bounds 2 spec.replicas: 8 pods available, and the strategy promises 12"}},
		{"template and replicas in one apply", rolling(4, Count(1), Count(1)), Scenario{Readiness: Together, Events: []Event{both(Edit{Replicas: ptr[int32](6)}), toTheEnd}},
			[]string{"below-bounds 1 spec.replicas: 4 pods available, and the strategy promises 5",
				"old-version-first 1 spec.replicas: template and replicas change in one apply: 2 pods of the old version are created first"}},
		{"a leg longer than the progress deadline", with(rolling(2, Count(1), Count(1)), slow), DefaultScenario(slow),
			[]string{"progress-deadline 2 spec.progressDeadlineSeconds: one leg of the rollout can take 10m31s, and after 10m without progress it is reported as failed"}},
		{"many short legs", with(rolling(100, Count(1), Count(1)), web), Scenario{Readiness: Timed, Assumptions: Assumptions{Startup: span(0, 500)}, Events: []Event{update, toTheEnd}}, nil},
	} {
		var got []string
		for _, h := range simulate(t, test.spec, test.scenario).Hazards {
			got = append(got, fmt.Sprintf("%s %d %s: %s", h.Hazard, h.Step, h.Field, h.Message))
		}
		if strings.Join(got, "\n") != strings.Join(test.want, "\n") {
			t.Errorf("%s:\n got %s\nwant %s", test.name, strings.Join(got, "\n     "), strings.Join(test.want, "\n     "))
		}
	}
}

func with(spec Spec, pod Pod) Spec {
	spec.Pod = pod
	return spec
}
