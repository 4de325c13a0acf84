package review

import (
	"fmt"
	"strings"

	"github.com/rollcast/rollcast/manifest"
)

// combine looks at the rollouts of one change together: each may leave a
// PodDisruptionBudget enough pods, and all of them at once not.
func (c *comparison) combine(res *Result) {
	type share struct {
		budget *Budget
		plans  []*Plan
	}
	var order []*manifest.Document
	shares := map[*manifest.Document]*share{}
	for i := range res.Plans {
		p := &res.Plans[i]
		if p.Plan == nil || p.Plan.Replicas.From == 0 {
			continue
		}
		for j := range p.Budgets {
			b := &p.Budgets[j]
			s := shares[b.Document]
			if s == nil {
				s = &share{budget: b}
				shares[b.Document] = s
				order = append(order, b.Document)
			}
			s.plans = append(s.plans, p)
		}
	}
	for _, d := range order {
		s := shares[d]
		if len(s.plans) < 2 {
			continue
		}
		// Others counts the pods of every other workload as ready: those that
		// roll out too are not.
		ready := s.budget.Others + s.plans[0].Plan.MinReady
		var names []string
		alone := true
		for i, p := range s.plans {
			names = append(names, p.Document.Label())
			alone = alone && p.Plan.MinReady+s.budget.Others+int64(s.plans[0].Plan.Replicas.To)-int64(p.Plan.Replicas.To) >= s.budget.MinReady
			if i > 0 {
				ready -= int64(p.Plan.Replicas.To) - p.Plan.MinReady
			}
		}
		if ready < s.budget.MinReady && alone {
			res.Combined = append(res.Combined, fmt.Sprintf("%s roll out at the same time and together go down to %d ready pods, and %s wants %d",
				strings.Join(names, " and "), max(0, ready), d.Label(), s.budget.MinReady))
		}
	}
}
