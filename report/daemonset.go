package report

import (
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/planner"
)

// nodesStrategyTexts are the strategy of a DaemonSet, and what follows from it.
// One of its limits is 0, and the other rounds up.
func nodesStrategyTexts(p *planner.Plan) (arithmetic, bounds string) {
	s, nodes := p.Strategy, count(int(p.Replicas.To), "node", "nodes")
	arithmetic = string(s.Type) + " on " + nodes
	if s.Type != planner.RollingUpdate {
		return arithmetic, "a pod is replaced when somebody deletes it"
	}
	name, value, n := "unavailable", s.MaxUnavailable, s.UnavailablePods
	if s.SurgePods > 0 {
		name, value, n = "surge", s.MaxSurge, s.SurgePods
	}
	text := name + " " + strconv.Itoa(int(n))
	if strings.HasSuffix(value, "%") {
		text = name + " ceil(" + value + " × " + strconv.Itoa(int(p.Replicas.To)) + ") = " + strconv.Itoa(int(n))
	}
	return arithmetic + ": " + together(text),
		"at most " + pods(p.Bounds.MaxPods) + ", at least " + thousands(p.Bounds.MinAvailable) + " available"
}
