package report

import (
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
)

// setStrategyTexts are the strategy of a StatefulSet, and what follows from it.
// A pod's successor has its name, so there is no surge.
func setStrategyTexts(p *planner.Plan) (arithmetic, bounds string) {
	s := p.Strategy
	arithmetic = s.PodManagement + " " + string(s.Type) + " of " + pods(int64(p.Replicas.To))
	if s.Type != planner.RollingUpdate {
		return arithmetic, "a pod is replaced when somebody deletes it"
	}
	if s.MaxUnavailable != "" {
		arithmetic += ": " + unavailableOfSet(s, p.Replicas.To)
	}
	bounds = "from the highest ordinal down"
	if s.Partition > 0 {
		bounds += " to partition " + strconv.Itoa(int(s.Partition))
	}
	return arithmetic, bounds + ", at least " + thousands(p.Bounds.MinAvailable) + " available"
}

// unavailableOfSet is maxUnavailable in pods: unavailable floor(50% × 5) = 2, and
// never less than 1.
func unavailableOfSet(s planner.ResolvedStrategy, replicas int32) string {
	n := strconv.Itoa(int(s.UnavailablePods))
	if s.MaxUnavailable == n {
		return "unavailable " + n
	}
	return together("unavailable max(1, floor(" + s.MaxUnavailable + " × " + strconv.Itoa(int(replicas)) + ")) = " + n)
}

// byHand are the commands that delete what an undo leaves in place.
func (p *page) byHand(d *manifest.Document, names []string) {
	if len(names) == 0 {
		return
	}
	p.entry("", plain, "the undo alone does not replace "+clean(names[0])+": it is not ready, and the controller waits for that; delete it as well")
	for _, name := range names {
		command := "kubectl delete pod " + shellWord(name)
		if d.Namespace != "" {
			command += " -n " + shellWord(d.Namespace)
		}
		p.line("  ", strings.Repeat(" ", labelWidth), p.paint(bold, command))
	}
}
