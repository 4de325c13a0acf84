package planner

import (
	"fmt"
	"strings"
	"time"
)

// texts names what timed mode took for granted, one sentence each.
func (a Assumptions) texts(pod Pod) []string {
	texts := []string{
		fmt.Sprintf("a pod is scheduled within %s", a.Schedule),
		fmt.Sprintf("its images are pulled within %s", a.Pull),
	}
	return append(texts, fmt.Sprintf("a container's probes would succeed %s after its start", a.Startup),
		fmt.Sprintf("a deleted pod is gone after %s", a.Shutdown),
		"probes answer at once, somewhere within their period")
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
