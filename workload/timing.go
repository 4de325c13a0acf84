package workload

// A Window is a range of seconds since a container's start.
type Window struct{ Min, Max int64 }

// The kubelet runs each probe in its own loop. The first attempt comes between
// initialDelaySeconds (D) and D + periodSeconds (P) after the container's start,
// then one every P. Below F is failureThreshold, S successThreshold and T
// timeoutSeconds. A refused connection and a 5xx fail at once; a hanging one
// fails after T, and stretches the period to T where T is longer.

// BudgetSeconds is how long a startup probe gives a container to start: until
// D + F·P, by which every attempt has been made.
//
// Example: D 0, P 10, F 60 gives 600 s.
func (p *Probe) BudgetSeconds() int64 {
	return int64(p.InitialDelaySeconds) + int64(p.FailureThreshold)*int64(p.PeriodSeconds)
}

// PatienceSeconds is how long the probe has to fail before it acts, in the
// steady state and where each attempt fails at once: (F−1)·P.
//
// Example: the defaults P 10, F 3 give 20 s.
func (p *Probe) PatienceSeconds() int64 {
	return int64(p.FailureThreshold-1) * int64(p.PeriodSeconds)
}

// Kill is when a liveness or startup probe can restart a container that never
// answers. The earliest is D + (F−1)·P: the first attempt at D, the last of F
// in a row (F−1) periods later. The latest is D + P + (F−1)·max(P, T) + T:
// the loop starts up to one period late and every attempt hangs. A liveness
// probe does not run before the startup probe has succeeded, which is between
// that one's D and its budget; its own D still counts from the container's
// start (pkg/kubelet/prober/worker.go doProbe).
//
// Example: D 168, P 20, F 3, T 1 kills between 168 + 40 = 208 s and
// 168 + 20 + 40 + 1 = 229 s. With the defaults, D 0, P 10, F 3, T 1, between
// 20 s and 31 s, and behind a startup probe of P 10, F 30 between 20 s and
// 300 + 31 = 331 s.
func (p *Probe) Kill(startup *Probe) Window {
	g := p.gate(startup)
	hang := int64(max(p.PeriodSeconds, p.TimeoutSeconds))
	return Window{
		Min: g.Min + p.PatienceSeconds(),
		Max: g.Max + int64(p.PeriodSeconds) + int64(p.FailureThreshold-1)*hang + int64(p.TimeoutSeconds),
	}
}

// Ready is when a readiness probe can have succeeded, for a container whose
// service answers from the start or, behind a startup probe, from that one's
// success on: from g + (S−1)·P to g + S·P, g being the end of the delay.
//
// Example: D 11, P 20, S 1 is ready between 11 s and 31 s.
func (p *Probe) Ready(startup *Probe) Window {
	g := p.gate(startup)
	return Window{
		Min: g.Min + int64(p.SuccessThreshold-1)*int64(p.PeriodSeconds),
		Max: g.Max + int64(p.SuccessThreshold)*int64(p.PeriodSeconds),
	}
}

// gate is when the probe may make its first attempt: after its delay, and after
// the startup probe's success where there is one.
func (p *Probe) gate(startup *Probe) Window {
	d := int64(p.InitialDelaySeconds)
	if startup == nil || p.Role == Startup {
		return Window{Min: d, Max: d}
	}
	return Window{
		Min: max(d, int64(startup.InitialDelaySeconds)),
		Max: max(d, startup.BudgetSeconds()),
	}
}
