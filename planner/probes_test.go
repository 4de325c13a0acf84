package planner

import (
	"testing"
	"time"
)

// probe has the defaults of the API server for what is left out.
func probe(delay, period, successes, failures int32) *Probe {
	return &Probe{InitialDelaySeconds: delay, PeriodSeconds: period, TimeoutSeconds: 1, SuccessThreshold: successes, FailureThreshold: failures}
}

// lost is a probe whose port name leads nowhere.
func lost() *Probe {
	p := probe(0, 10, 1, 3)
	p.Unresolvable = true
	return p
}

func pod(containers ...Container) Pod { return Pod{Containers: containers} }

func span(min, max int) Span {
	return Span{Min: time.Duration(min) * time.Second, Max: time.Duration(max) * time.Second}
}

// TestReadyAfter: seconds from a pod's creation until it is ready.
func TestReadyAfter(t *testing.T) {
	const no = -1 // never
	web := Container{Readiness: probe(11, 20, 1, 3)}
	for _, test := range []struct {
		name             string
		pod              Pod
		assume           Assumptions
		earliest, latest int
		open             bool
	}{
		{"no probes: ready once it runs", pod(Container{}), Assumptions{}, 0, 0, false},
		{"a readiness probe", pod(web), Assumptions{}, 11, 31, false},
		{"three successes", pod(Container{Readiness: probe(11, 20, 3, 3)}), Assumptions{}, 51, 71, false},
		{"a delay longer than the period", pod(Container{Readiness: probe(60, 10, 1, 3)}), Assumptions{}, 60, 70, false},
		{"schedule and pull come first", pod(web), Assumptions{Schedule: span(0, 1), Pull: span(2, 20)}, 13, 52, false},
		{"a start longer than the delay", pod(web), Assumptions{Startup: span(5, 45)}, 11, 65, false},

		// The startup probe holds the other two back, and its budget bounds the start.
		{"startup, then readiness", pod(Container{Startup: probe(0, 10, 1, 30), Readiness: probe(5, 10, 1, 3)}),
			Assumptions{Startup: span(45, 45)}, 45, 65, false},
		{"readiness counts its delay from the start", pod(Container{Startup: probe(0, 10, 1, 30), Readiness: probe(60, 10, 1, 3)}),
			Assumptions{Startup: span(45, 45)}, 60, 70, false},
		{"only a startup probe", pod(Container{Startup: probe(3, 10, 1, 30)}), Assumptions{Startup: span(0, 0)}, 3, 13, false},
		{"the budget bounds the last probe", pod(Container{Startup: probe(0, 10, 1, 3)}), Assumptions{Startup: span(0, 30)}, 0, 30, false},
		{"a start beyond the budget never ends", pod(Container{Startup: probe(0, 10, 1, 3)}), Assumptions{Startup: span(0, 31)}, 0, no, false},
		{"liveness kills a slow start for ever", pod(Container{Liveness: probe(0, 10, 1, 3), Readiness: probe(0, 10, 1, 3)}),
			Assumptions{Startup: span(45, 45)}, no, no, false},
		{"liveness without readiness: nobody waits", pod(Container{Liveness: probe(0, 10, 1, 3)}), Assumptions{Startup: span(45, 45)}, 0, 0, false},

		// All containers must be ready.
		{"the slowest container", pod(Container{}, web, Container{Readiness: probe(0, 5, 1, 3)}), Assumptions{}, 11, 31, false},
		{"init containers run one after the other",
			Pod{Init: []Container{{}, {}}, Containers: []Container{web}}, Assumptions{Startup: span(5, 10)}, 21, 51, false},
		{"a sidecar that has started lets the next one go",
			Pod{Init: []Container{{Sidecar: true, Startup: probe(0, 5, 1, 10), Readiness: probe(0, 100, 1, 3)}}, Containers: []Container{web}},
			Assumptions{}, 11, 105, false},
		{"a sidecar without a startup probe has started at once",
			Pod{Init: []Container{{Sidecar: true}}, Containers: []Container{web}}, Assumptions{}, 11, 31, false},

		{"readiness gates are decided elsewhere", Pod{Containers: []Container{web}, ReadinessGates: []string{"example.com/lb"}}, Assumptions{}, 11, 31, true},
		{"a readiness port that leads nowhere", pod(Container{Readiness: lost()}), Assumptions{}, no, no, false},
		{"a startup port that leads nowhere", pod(Container{Startup: lost()}), Assumptions{}, no, no, false},
		{"a liveness port that leads nowhere never kills", pod(Container{Liveness: lost(), Readiness: probe(0, 10, 1, 3)}),
			Assumptions{Startup: span(1000, 1000)}, 1000, 1010, false},

		// Bounds by the probes, where the user gives none.
		{"by the startup probe", pod(Container{Startup: probe(0, 10, 1, 6), Readiness: probe(0, 10, 1, 3)}), Assumptions{ByProbes: true}, 0, 70, false},
		{"by the liveness probe", pod(Container{Liveness: probe(0, 10, 1, 3), Readiness: probe(0, 5, 1, 3)}), Assumptions{ByProbes: true}, 0, 25, false},
		{"by nothing", pod(web), Assumptions{ByProbes: true}, 11, 31, true},
		{"each container by its own", pod(Container{Startup: probe(0, 10, 1, 60)}, Container{Startup: probe(0, 5, 1, 2)}), Assumptions{ByProbes: true}, 0, 600, false},
	} {
		for _, end := range []struct {
			bound bound
			want  int
			open  bool
		}{{shortest, test.earliest, false}, {longest, test.latest, test.open}} {
			want := ms(end.want) * 1000
			if end.want == no {
				want = never
			}
			got, open := test.assume.readyAfter(test.pod, end.bound)
			if got != want || open != end.open {
				t.Errorf("%s: %d ms (open %v), want %d ms (open %v)", test.name, got, open, want, end.open)
			}
		}
	}
}

func TestContainerStartup(t *testing.T) {
	for _, test := range []struct {
		name      string
		container Container
		want      Span
	}{
		{"startup probe: D+F*P", Container{Startup: probe(5, 10, 1, 60), Liveness: probe(0, 10, 1, 3)}, span(0, 605)},
		{"liveness: the earliest kill, D+(F-1)*P", Container{Liveness: probe(168, 20, 1, 3), Readiness: probe(0, 10, 1, 3)}, span(0, 208)},
		{"readiness alone bounds nothing", Container{Readiness: probe(0, 10, 1, 3)}, Span{Open: true}},
		{"nobody waits for a start without startup and readiness probe", Container{Liveness: probe(0, 10, 1, 3)}, Span{}},
		{"a startup probe that never fails bounds nothing", Container{Startup: lost()}, Span{Open: true}},
	} {
		if got := ContainerStartup(test.container); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
	of := DefaultStartup(Pod{Containers: []Container{{Startup: probe(0, 10, 1, 3)}, {Startup: probe(0, 10, 1, 6)}, {}}})
	if of != span(0, 60) {
		t.Errorf("the widest span of a pod: %s, want 0s..60s", of)
	}
	if of := DefaultStartup(Pod{Init: []Container{{}}}); !of.Open {
		t.Errorf("an init container may run for any time: %s", of)
	}
}

// TestHugeProbes: products that no int64 of nanoseconds holds.
func TestHugeProbes(t *testing.T) {
	const most = 1<<31 - 1
	p := pod(Container{Startup: probe(most, most, 1, most), Readiness: probe(most, most, most, most)})
	for _, b := range []bound{shortest, longest} {
		if got, _ := DefaultAssumptions(p).readyAfter(p, b); got < 0 || got > never {
			t.Errorf("ready after %d ms", got)
		}
	}
}
