package workload

import "testing"

func TestTiming(t *testing.T) {
	probe := func(role Role, d, p, timeout, s, f int32) *Probe {
		return &Probe{Role: role, InitialDelaySeconds: d, PeriodSeconds: p, TimeoutSeconds: timeout, SuccessThreshold: s, FailureThreshold: f}
	}
	for _, tc := range []struct {
		name     string
		p        *Probe
		startup  *Probe
		kill     Window
		patience int64
		budget   int64
	}{
		{"defaults", probe(Liveness, 0, 10, 1, 1, 3), nil, Window{20, 31}, 20, 30},
		{"long delay", probe(Liveness, 168, 20, 1, 1, 3), nil, Window{208, 229}, 40, 228},
		{"one failure", probe(Liveness, 5, 10, 1, 1, 1), nil, Window{5, 16}, 0, 15},
		{"timeout beyond the period", probe(Liveness, 0, 5, 8, 1, 3), nil, Window{10, 29}, 10, 15},
		{"behind a startup probe", probe(Liveness, 0, 10, 1, 1, 3), probe(Startup, 0, 10, 1, 1, 30), Window{20, 331}, 20, 30},
		{"delay beyond the startup budget", probe(Liveness, 600, 10, 1, 1, 3), probe(Startup, 10, 10, 1, 1, 30), Window{620, 631}, 20, 630},
		{"startup probe itself", probe(Startup, 0, 10, 1, 1, 60), nil, Window{590, 601}, 590, 600},
		{"no overflow", probe(Liveness, 1<<31-1, 1<<31-1, 1<<31-1, 1, 1<<31-1), nil,
			Window{1<<31 - 1 + (1<<31-2)*(1<<31-1), 3*(1<<31-1) + (1<<31-2)*(1<<31-1)}, (1<<31 - 2) * (1<<31 - 1), 1<<31 - 1 + (1<<31-1)*(1<<31-1)},
	} {
		if got := tc.p.Kill(tc.startup); got != tc.kill {
			t.Errorf("%s: killed in %v, want %v", tc.name, got, tc.kill)
		}
		if got := tc.p.PatienceSeconds(); got != tc.patience {
			t.Errorf("%s: patience %d, want %d", tc.name, got, tc.patience)
		}
		if got := tc.p.BudgetSeconds(); got != tc.budget {
			t.Errorf("%s: budget %d, want %d", tc.name, got, tc.budget)
		}
	}
	for _, tc := range []struct {
		name    string
		p       *Probe
		startup *Probe
		want    Window
	}{
		{"seed 001", probe(Readiness, 11, 20, 1, 1, 3), nil, Window{11, 31}},
		{"two successes", probe(Readiness, 0, 10, 1, 2, 3), nil, Window{10, 20}},
		{"delay of a minute", probe(Readiness, 60, 10, 1, 1, 3), nil, Window{60, 70}},
		{"behind a startup probe", probe(Readiness, 5, 10, 1, 1, 3), probe(Startup, 0, 10, 1, 1, 30), Window{5, 310}},
	} {
		if got := tc.p.Ready(tc.startup); got != tc.want {
			t.Errorf("%s: ready in %v, want %v", tc.name, got, tc.want)
		}
	}
}
