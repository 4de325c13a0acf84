package planner

import (
	"fmt"
	"strings"
	"testing"
)

// timesOf writes the range of each step: 0, 41-61, or 11-≥31.
func timesOf(steps []Step) string {
	var list []string
	for _, s := range steps {
		list = append(list, clockTime(s.Seconds))
	}
	return strings.Join(list, " | ")
}

func clockTime(s *Seconds) string {
	switch {
	case s == nil:
		return "none"
	case s.AtLeast != nil:
		return fmt.Sprintf("%v-≥%v", s.Min, *s.AtLeast)
	case s.Max == nil:
		return fmt.Sprintf("%v-?", s.Min)
	case *s.Max == s.Min:
		return fmt.Sprint(s.Min)
	default:
		return fmt.Sprintf("%v-%v", s.Min, *s.Max)
	}
}

func timed(spec Spec, assume Assumptions, pod Pod, termination Termination) (Spec, Scenario) {
	spec.Pod = pod
	return spec, Scenario{Readiness: Timed, Termination: termination, Assumptions: assume, Events: []Event{update, toTheEnd}}
}

func TestTimed(t *testing.T) {
	web := pod(Container{Name: "web", Readiness: probe(11, 20, 1, 3)})
	one := rolling(1, Count(1), Count(0))
	one.MinReadySeconds = 30
	for _, test := range []struct {
		name     string
		spec     Spec
		pod      Pod
		assume   Assumptions
		trace    string
		times    string
		duration string
		outcome  Outcome
	}{
		// The event log of the seed shows 50 s between the two scale events.
		{"readiness and minReadySeconds", one, web, Assumptions{},
			"1/1 | 1/1+1/0 | 1/1+1/1 | 0+1/1", "0 | 0 | 11-31 | 41-61", "41-61", Complete},
		{"each pod costs ready + minReadySeconds", rollingMinReady(3), web, Assumptions{},
			"3/3 | 3/3+1/0 | 3/3+1/1 | 2/2+2/1 | 2/2+2/2 | 1/1+3/2 | 1/1+3/3 | 0+3/3",
			"0 | 0 | 11-31 | 41-61 | 52-92 | 82-122 | 93-153 | 123-183", "123-183", Complete},
		{"the whole pod at its slowest", rolling(2, Count(0), Count(1)), web,
			Assumptions{Schedule: span(0, 1), Pull: span(0, 20), Shutdown: span(0, 30)},
			"2/2 | 1/1+1/0 | 0+2/1 | 2/2", "0 | 0 | 11-52 | 22-104", "22-104", Complete},
		{"Recreate waits for the end of the old pods", recreating(2), web, Assumptions{Shutdown: span(2, 30)},
			"2/2 | 0 | 2/0 | 2/2", "0 | 0 | 2-30 | 13-61", "13-61", Complete},
		{"nothing takes time", rolling(4, Count(1), Count(1)), Pod{}, Assumptions{},
			"4/4 | 3/3+2/0 | 1/1+4/2 | 0+4/4", "0 | 0 | 0 | 0", "0", Complete},
		{"an unknown start has no latest end", one, web, Assumptions{ByProbes: true},
			"1/1 | 1/1+1/0 | 1/1+1/1 | 0+1/1", "0 | 0 | 11-≥31 | 41-≥61", "41-≥61", Complete},
		{"a port that leads nowhere stalls", one, pod(Container{Name: "web", Readiness: lost()}), Assumptions{},
			"1/1 | 1/1+1/0", "0 | 0", "none", Stalled},
		{"a start that may exceed the startup budget", one, pod(Container{Name: "web", Startup: probe(0, 10, 1, 3)}), Assumptions{Startup: span(5, 60)},
			"1/1 | 1/1+1/0", "0 | 0", "35-?", Stalled},
	} {
		spec, scenario := timed(test.spec, test.assume, test.pod, TerminateNext)
		plan := simulate(t, spec, scenario)
		if got := trace(plan.Steps); got != test.trace {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.trace)
		}
		if got := timesOf(plan.Steps); got != test.times {
			t.Errorf("%s: times\n got %s\nwant %s", test.name, got, test.times)
		}
		if got := clockTime(plan.DurationSeconds); got != test.duration || plan.Outcome != test.outcome {
			t.Errorf("%s: %s in %s, want %s in %s", test.name, plan.Outcome, got, test.outcome, test.duration)
		}
	}
}

func rollingMinReady(replicas int32) Spec {
	s := rolling(replicas, Count(1), Count(0))
	s.MinReadySeconds = 30
	return s
}

// TestDifferentStates: where the two runs do not visit the same states, the
// steps are those of the slow one, and only the duration is a range. Here the
// fast pods are ready before the sick one is asked for, the slow ones are not.
func TestDifferentStates(t *testing.T) {
	spec, scenario := timed(rolling(2, Count(1), Count(0)), Assumptions{Startup: span(0, 20)}, pod(Container{Readiness: probe(0, 10, 1, 3)}), TerminateNext)
	scenario.Events = []Event{update, {Type: EventWait, Wait: 15e9}, toTheEnd}
	plan := simulate(t, spec, scenario)
	if got, want := trace(plan.Steps), "2/2 | 2/2+1/0 | 2/2+1/0 | 1/1+2/1 | 0+2/2"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := timesOf(plan.Steps), "0 | 0 | 15 | 30 | 60"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := clockTime(plan.DurationSeconds); got != "15-60" {
		t.Errorf("duration %s", got)
	}
}

// TestWait: the other modes have no times but after a wait.
func TestWait(t *testing.T) {
	spec := rollingMinReady(2)
	plan := simulate(t, spec, Scenario{Readiness: Manual, Events: []Event{
		update, ready(2, 1), {Type: EventWait, Wait: 29e9}, {Type: EventWait, Wait: 1e9}, ready(2, 1)}})
	if got, want := trace(plan.Steps), "2/2 | 2/2+1/0 | 2/2+1/1 | 2/2+1/1 | 1/1+2/1 | 1/1+2/2"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := timesOf(plan.Steps), "none | none | none | 29 | 30 | 30"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestAssumptionsAreNamed(t *testing.T) {
	spec := rolling(1, Count(1), Count(0))
	spec.Pod = Pod{
		Init:                          []Container{{Name: "migrate"}, {Name: "proxy", Sidecar: true, Startup: probe(0, 1, 1, 30)}},
		Containers:                    []Container{{Name: "web", Startup: probe(0, 10, 1, 60)}, {Name: "api", Readiness: probe(0, 10, 1, 3)}, {Name: "log"}},
		ReadinessGates:                []string{"example.com/lb"},
		TerminationGracePeriodSeconds: 30,
	}
	plan := simulate(t, spec, DefaultScenario(spec.Pod))
	want := `a pod is scheduled within 0s..1s
its images are pulled within 0s..20s
init container migrate runs for ≥0s, nothing bounds it
container proxy starts within 0s..30s, what its startup probe allows
container web starts within 0s..10m, what its startup probe allows
container api starts within ≥0s, no startup or liveness probe bounds it
readiness gate example.com/lb is set from outside, nobody knows when
a deleted pod is gone after 0s..30s
a probe answers at once, somewhere within its period
pods that are created together behave alike`
	if got := strings.Join(plan.Assumptions, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
