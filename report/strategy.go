package report

import (
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/planner"
)

// strategyTexts are the strategy with its arithmetic, and what follows from it.
func strategyTexts(p *planner.Plan) (arithmetic, bounds string) {
	s := p.Strategy
	if s.PodManagement != "" {
		return setStrategyTexts(p)
	}
	if s.Job {
		return jobStrategyTexts(p)
	}
	if s.Cron != "" {
		return "CronJob", clean(s.Cron)
	}
	if s.Kept != "" {
		return keptTexts(p)
	}
	if s.OnNodes {
		return nodesStrategyTexts(p)
	}
	if s.Type != planner.RollingUpdate {
		return string(s.Type), "all old pods are gone before the first new one starts"
	}
	return string(s.Type) + " of " + pods(int64(p.Replicas.To)) + ": " + together(surgeText(s, p.Replicas.To)) +
			", " + unavailableText(s, p.Replicas.To),
		"at most " + pods(p.Bounds.MaxPods) + ", at least " + thousands(p.Bounds.MinAvailable) + " available"
}

// surgeText is maxSurge in pods: surge ceil(30% × 10) = 3, or 3 as written.
func surgeText(s planner.ResolvedStrategy, replicas int32) string {
	n := thousands(int64(s.SurgePods))
	if !strings.HasSuffix(s.MaxSurge, "%") {
		return "surge " + n
	}
	return "surge ceil(" + s.MaxSurge + " × " + thousands(int64(replicas)) + ") = " + n
}

// unavailableText is maxUnavailable in pods: unavailable floor(20% × 10) = 2. It says what
// else the controller did to the number: it never leaves both limits at 0, and
// no more pods than replicas can be missing.
func unavailableText(s planner.ResolvedStrategy, replicas int32) string {
	n := thousands(int64(s.UnavailablePods))
	percent, isPercent := strings.CutSuffix(s.MaxUnavailable, "%")
	text, resolved := "unavailable "+s.MaxUnavailable, int64(0)
	if v, err := strconv.ParseInt(percent, 10, 64); err == nil {
		resolved, text = v, "unavailable "+thousands(v)
		if isPercent {
			resolved = v * int64(replicas) / 100
			text = "unavailable floor(" + s.MaxUnavailable + " × " + thousands(int64(replicas)) + ") = " + thousands(resolved)
		}
	}
	switch {
	case resolved == int64(s.UnavailablePods):
		return together(text)
	case resolved < int64(s.UnavailablePods):
		return together(text) + ", raised to " + n + " because surge is 0 too"
	default:
		return together(text) + ", of which " + thousands(int64(replicas)) + " replicas make " + n
	}
}
