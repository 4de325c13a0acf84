package planner

import (
	"fmt"
	"strings"
)

// texts names what timed mode took for granted, one sentence each.
func (a Assumptions) texts(pod Pod) []string {
	texts := []string{
		fmt.Sprintf("a pod is scheduled within %s", a.Schedule),
		fmt.Sprintf("its images are pulled within %s", a.Pull),
	}
	return append(texts, fmt.Sprintf("a container's probes would succeed %s after its start", a.Startup),
		fmt.Sprintf("a deleted pod is gone after %s", a.Shutdown),
		strings.TrimSpace("probes answer at once, somewhere within their period"))
}

// String writes a span as the command line takes it: 0s..20s, or ≥0s where
// nothing bounds it.
func (s Span) String() string {
	switch {
	case s.Open:
		return fmt.Sprintf("≥%s", s.Max)
	case s.Min == s.Max:
		return s.Max.String()
	default:
		return fmt.Sprintf("%s..%s", s.Min, s.Max)
	}
}
