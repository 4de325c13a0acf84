package planner

import (
	"fmt"
	"time"
)

// How long a pod takes until it is ready, counted from its creation:
//
//	schedule + pull + init containers in their order, then all containers at once
//
// and within a container, by its probes with D initialDelaySeconds,
// P periodSeconds, S successThreshold and F failureThreshold:
//
//	x   its probes would succeed: the startup assumption
//	s   the startup probe succeeds: between max(x, D) and one period later;
//	    without a startup probe s is x
//	g   max(s, D), D counted from the container's start like all others
//	    ready between g+(S-1)P and g+SP
//
// A probe runs somewhere within each period, which makes the P between the
// earliest and the latest. Seed: readiness D=11 P=20 S=1, x=0: ready after 11
// to 31 s; with minReadySeconds 30 available after 41 to 61 s.
//
// The pod is ready when all its containers are, sidecars included.
//
// Mirrors pkg/kubelet/prober/worker.go (doProbe).

// readyAfter is the time from a pod's creation until it is ready, at one end
// of every span, or never. open says that the latest is only what is known.
func (a Assumptions) readyAfter(pod Pod, b bound) (ready ms, open bool) {
	start := a.Schedule.end(b) + a.Pull.end(b)
	began := start
	open = a.Schedule.Open || a.Pull.Open || len(pod.ReadinessGates) > 0
	for _, c := range pod.Init {
		x := a.start(c, true)
		open = open || x.Open
		if !c.Sidecar { // runs to its end
			start = sum(start, x.end(b))
			continue
		}
		// The next one starts when the sidecar has started: at once, or when
		// its startup probe succeeds.
		started, isReady := c.times(x.end(b), b)
		ready = max(ready, sum(start, isReady))
		start = sum(start, started)
	}
	ready = max(ready, start)
	for _, c := range pod.Containers {
		x := a.start(c, false)
		open = open || x.Open
		_, isReady := c.times(x.end(b), b)
		ready = max(ready, sum(start, isReady))
	}
	if o := a.Observed.Ready; o != nil && ready < never {
		return sum(began, o.Took.end(b)), (a.Schedule.Open || a.Pull.Open) && b == longest
	}
	return ready, open && b == longest
}

// times is when a container counts as started and as ready, from its start on,
// if its probes would succeed after x. Without a startup probe it counts as
// started at once, without a readiness probe as ready once it has started.
func (c Container) times(x ms, b bound) (started, ready ms) {
	if c.Startup != nil {
		if x > c.Startup.budget() {
			return never, never // killed before it is up, again and again
		}
		started = min(c.Startup.passes(x, 1, b), c.Startup.budget())
		x = started
	} else if c.Readiness != nil && c.Liveness.kills(x) {
		return 0, never
	}
	if c.Readiness == nil {
		return started, started
	}
	return started, c.Readiness.passes(x, c.Readiness.SuccessThreshold, b)
}

// passes is when a probe has succeeded often enough, if it would succeed from
// x on: D=11 P=20, x=0, once: between 11 and 31 s; three times: 51 to 71 s.
// A probe whose port name leads nowhere never does, and never fails either
// (kubernetes#106682).
func (p *Probe) passes(x ms, successes int32, b bound) ms {
	if p.Unresolvable {
		return never
	}
	first := max(x, seconds(p.InitialDelaySeconds))
	periods := int64(successes) - 1
	if b == longest {
		periods++
	}
	return sum(first, times(periods, p.PeriodSeconds))
}

// budget is the longest start that a startup probe allows: the probe that
// fails for the last time comes at most D+F*P after the container's start.
// D=0 P=10 F=60: 600 s.
func (p *Probe) budget() ms {
	if p.Unresolvable {
		return never
	}
	return sum(seconds(p.InitialDelaySeconds), times(int64(p.FailureThreshold), p.PeriodSeconds))
}

// earliestKill is when a liveness probe that never succeeds has failed often
// enough, if its first run comes at once after the delay: D+(F-1)P. The
// defaults 0, 10 and 3 give 20 s, not 30.
func (p *Probe) earliestKill() ms {
	return sum(seconds(p.InitialDelaySeconds), times(int64(p.FailureThreshold)-1, p.PeriodSeconds))
}

// kills says that a liveness probe restarts a container that takes x to start
// in any case, even if every probe comes as late as it may.
func (p *Probe) kills(x ms) bool { return p != nil && x > p.budget() }

// ContainerStartup is the span that is assumed for a container's start where
// the user gives none: from 0 to what its probes allow. That is the startup
// probe's budget D+F*P; else the earliest kill by its liveness probe,
// D+(F-1)P; else nothing bounds it (Open). A container with neither a startup
// nor a readiness probe is ready as soon as it runs, so its start takes no
// time.
func ContainerStartup(c Container) Span {
	switch {
	case c.Startup != nil && !c.Startup.Unresolvable:
		return Span{Max: c.Startup.budget().duration()}
	case c.Startup == nil && c.Readiness == nil:
		return Span{}
	case c.Startup == nil && c.Liveness != nil && !c.Liveness.Unresolvable:
		return Span{Max: c.Liveness.earliestKill().duration()}
	default:
		return Span{Open: true}
	}
}

// DefaultStartup is ContainerStartup over a whole pod: the widest span of its
// containers, for one line of text. The run of an ordinary init container has
// no bound.
func DefaultStartup(pod Pod) Span {
	var widest Span
	for _, c := range pod.Init {
		widest = widen(widest, startupOf(c, true))
	}
	for _, c := range pod.Containers {
		widest = widen(widest, startupOf(c, false))
	}
	return widest
}

// startupOf is ContainerStartup, but for init containers that run to an end.
func startupOf(c Container, init bool) Span {
	if init && !c.Sidecar {
		return Span{Open: true}
	}
	return ContainerStartup(c)
}

// widen covers both spans.
func widen(a, b Span) Span {
	return Span{Min: min(a.Min, b.Min), Max: max(a.Max, b.Max), Open: a.Open || b.Open}
}

// DefaultAssumptions are what timed mode assumes of a pod when the user says
// nothing: scheduled within a second, images pulled within 20 s, started
// within what its probes allow, gone within its grace period.
func DefaultAssumptions(pod Pod) Assumptions {
	return Assumptions{
		Schedule: Span{Max: time.Second},
		Pull:     Span{Max: 20 * time.Second},
		Startup:  DefaultStartup(pod),
		Shutdown: Span{Max: time.Duration(min(pod.TerminationGracePeriodSeconds, int64(longestPace/1000))) * time.Second},
		ByProbes: true,
	}
}

// start is the span that applies to a container's start.
func (a Assumptions) start(c Container, init bool) Span {
	if a.ByProbes {
		return startupOf(c, init)
	}
	return a.Startup
}

// end is one end of a span.
func (s Span) end(b bound) ms {
	if b == longest {
		return ms(s.Max.Milliseconds())
	}
	return ms(s.Min.Milliseconds())
}

// longestPace bounds every duration that probes add up to: 30 years. Beyond
// it a number of seconds says nothing.
const longestPace ms = 30 * 365 * 24 * 3600 * 1000

// sum adds two durations; never and 30 years stay what they are.
func sum(a, b ms) ms {
	if a >= never || b >= never {
		return never
	}
	return min(a+b, longestPace)
}

// times is n periods.
func times(n int64, periodSeconds int32) ms {
	if n <= 0 || periodSeconds <= 0 {
		return 0
	}
	if n > int64(longestPace/1000)/int64(periodSeconds) {
		return longestPace
	}
	return ms(n) * seconds(periodSeconds)
}

// duration is what others call it.
func (m ms) duration() time.Duration { return time.Duration(min(m, longestPace)) * time.Millisecond }

// blocker finds what keeps a pod from ever becoming ready: the field, and why.
// Both are empty where nothing does.
func (a Assumptions) blocker(pod Pod, b bound) (field, why string) {
	for _, list := range []struct {
		name       string
		containers []Container
	}{{"initContainers", pod.Init}, {"containers", pod.Containers}} {
		for i, c := range list.containers {
			init := list.name == "initContainers"
			if init && !c.Sidecar {
				continue
			}
			at := fmt.Sprintf("spec.template.spec.%s[%d].", list.name, i)
			x := a.start(c, init).end(b)
			switch {
			case c.Startup != nil && c.Startup.Unresolvable:
				return at + "startupProbe", fmt.Sprintf("the startup probe of container %q has a port name that leads nowhere", c.Name)
			case c.Readiness != nil && c.Readiness.Unresolvable:
				return at + "readinessProbe", fmt.Sprintf("the readiness probe of container %q has a port name that leads nowhere", c.Name)
			case c.Startup != nil && x > c.Startup.budget():
				return at + "startupProbe", fmt.Sprintf("container %q may need %s to start and is killed after %s at the latest", c.Name, x.duration(), c.Startup.budget().duration())
			case c.Startup == nil && c.Readiness != nil && c.Liveness.kills(x):
				return at + "livenessProbe", fmt.Sprintf("container %q may need %s to start and is killed after %s at the latest", c.Name, x.duration(), c.Liveness.budget().duration())
			}
		}
	}
	return "", ""
}
