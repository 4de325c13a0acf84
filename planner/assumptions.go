package planner

import (
	"fmt"
	"strings"
	"time"
)

// texts names what timed mode took for granted, one sentence each.
func (a Assumptions) texts(pod Pod) []string {
	texts := []string{
		a.Observed.Schedule.text("a pod is scheduled within %s", a.Schedule),
		a.Observed.Pull.text("its images are pulled within %s", a.Pull),
	}
	if o := a.Observed.Ready; o != nil {
		texts = append(texts, o.text("it is ready %s after its first container has started", o.Took))
	} else {
		texts = append(texts, a.startupTexts(pod)...)
		if o := a.Observed.Unready; o != nil {
			texts = append(texts, fmt.Sprintf("observed of %s: a probe still failed up to %s after the first container had started", o.pods(), short(o.Took.Max)))
		}
		for _, gate := range pod.ReadinessGates {
			texts = append(texts, fmt.Sprintf("readiness gate %s is set from outside, nobody knows when", gate))
		}
	}
	return append(texts,
		a.Observed.Shutdown.text("a deleted pod is gone after %s", a.Shutdown),
		"a probe answers at once, somewhere within its period",
		"pods that are created together behave alike")
}

// startupTexts says how long containers take to start, and what bounds it.
func (a Assumptions) startupTexts(pod Pod) (texts []string) {
	if !a.ByProbes {
		return []string{fmt.Sprintf("the probes of a container would succeed %s after its start", a.Startup)}
	}
	for _, c := range pod.Init {
		if !c.Sidecar {
			texts = append(texts, fmt.Sprintf("init container %s runs for ≥0s, nothing bounds it", c.Name))
		} else {
			texts = append(texts, startupText(c)...)
		}
	}
	for _, c := range pod.Containers {
		texts = append(texts, startupText(c)...)
	}
	return texts
}

// startupText says how long one container takes, or nothing where it does not
// matter.
func startupText(c Container) []string {
	span := ContainerStartup(c)
	text := fmt.Sprintf("container %s starts within %s, ", c.Name, span)
	switch {
	case span == Span{}:
		return nil
	case span.Open:
		return []string{text + "no startup or liveness probe bounds it"}
	case c.Startup != nil:
		return []string{text + "what its startup probe allows"}
	default:
		return []string{text + "or its liveness probe restarts it"}
	}
}

// String writes a span as the command line takes it: 0s..20s, or ≥0s where
// nothing bounds it.
func (s Span) String() string {
	switch {
	case s.Open:
		return "≥" + short(s.Max)
	case s.Min == s.Max:
		return short(s.Max)
	default:
		return short(s.Min) + ".." + short(s.Max)
	}
}

// short writes a duration without the parts that are zero: 10m, 1m15s, 0s.
func short(d time.Duration) string {
	var b strings.Builder
	for _, part := range []struct {
		of   time.Duration
		name string
	}{{time.Hour, "h"}, {time.Minute, "m"}} {
		if n := d / part.of; n > 0 {
			fmt.Fprintf(&b, "%d%s", n, part.name)
			d %= part.of
		}
	}
	if d > 0 || b.Len() == 0 {
		b.WriteString(d.String())
	}
	return b.String()
}
