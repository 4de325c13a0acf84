package review

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/workload"
)

// A Combination is what several rollouts of one change share.
type Combination struct {
	Over      string   // PodDisruptionBudget web, ResourceQuota team, namespace shop, the 3 nodes
	Workloads []string // in the order of the changes
	Text      string   // one sentence
	// Short says that there is not enough of it for all at once.
	Short bool
}

// combine looks at the rollouts of one change together: each may leave a
// PodDisruptionBudget enough pods, or find room in a quota, and all of them at
// once not.
func (c *comparison) combine(res *Result) {
	var rolling []shared
	for i, ch := range c.changes {
		if ch.Plan < 0 || ch.Is(Created) || !ch.Is(RolledOut) {
			continue
		}
		p := &res.Plans[ch.Plan]
		s := c.after.subjectOf(ch.Document, c.of[i].set)
		if p.Plan == nil || s == nil || p.Plan.Replicas.From == 0 || !rollsOut(s.workload.Kind) {
			continue
		}
		rolling = append(rolling, shared{p, s.workload})
	}
	if len(rolling) < 2 {
		return
	}
	res.Combined = append(res.Combined, budgetsTogether(rolling)...)
	res.Combined = append(res.Combined, quotasTogether(rolling)...)
	res.Combined = append(res.Combined, namespacesTogether(rolling)...)
	if res.pool != nil && res.pool.Nodes != nil {
		res.Combined = append(res.Combined, nodesTogether(rolling, res.pool)...)
	}
}

// A shared is a rollout of a change.
type shared struct {
	plan     *Plan
	workload *workload.Workload
}

func (s shared) extra() int64 { return max(0, s.plan.Plan.PeakPods-int64(s.plan.Plan.Replicas.To)) }

// grouped gathers rollouts by what they share, in the order of the first.
func grouped[K comparable](rolling []shared, keys func(shared) []K) (order []K, of map[K][]shared) {
	of = map[K][]shared{}
	for _, s := range rolling {
		for _, k := range keys(s) {
			if of[k] == nil {
				order = append(order, k)
			}
			of[k] = append(of[k], s)
		}
	}
	return slices.DeleteFunc(order, func(k K) bool { return len(of[k]) < 2 }), of
}

func namesOf(list []shared) (names []string) {
	for _, s := range list {
		names = append(names, s.workload.Document.Label())
	}
	return names
}

// listed names the first few of a list.
func listed(names []string) string {
	const most = 3
	if len(names) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// budgetsTogether adds up how low the pods of one PodDisruptionBudget go.
//
//	minAvailable 5 over two Deployments of 4 that go down to 3 each: 6 ready
//	alone each leaves 7, and together 6; with minAvailable 7 that is one too few
func budgetsTogether(rolling []shared) (list []Combination) {
	order, of := grouped(rolling, func(s shared) (docs []*manifest.Document) {
		for i := range s.plan.Budgets {
			docs = append(docs, s.plan.Budgets[i].Document)
		}
		return docs
	})
	for _, d := range order {
		shares := of[d]
		var budget *Budget
		for i := range shares[0].plan.Budgets {
			if b := &shares[0].plan.Budgets[i]; b.Document == d {
				budget = b
			}
		}
		// Others counts the pods of every other workload as ready: those that
		// roll out too are not.
		first := shares[0].plan.Plan
		ready := budget.Others + first.MinReady
		alone := true
		for i, s := range shares {
			p := s.plan.Plan
			alone = alone && p.MinReady+budget.Others+int64(first.Replicas.To)-int64(p.Replicas.To) >= budget.MinReady
			if i > 0 {
				ready -= int64(p.Replicas.To) - p.MinReady
			}
		}
		ready = max(0, ready)
		one := Combination{Over: d.Label(), Workloads: namesOf(shares), Short: ready < budget.MinReady && alone}
		one.Text = fmt.Sprintf("%s roll out at the same time and together go down to %d ready pods, and %s wants %d", listed(one.Workloads), ready, d.Label(), budget.MinReady)
		list = append(list, one)
	}
	return list
}

// quotasTogether adds up what the surges of one quota's workloads ask for.
//
//	requests.cpu leaves 1; two surges of 2 × 400m ask for 1600m: one fits, both not
func quotasTogether(rolling []shared) (list []Combination) {
	type limit struct {
		quota *manifest.Document
		name  string
	}
	order, of := grouped(rolling, func(s shared) (keys []limit) {
		for i := range s.workload.Rooms {
			keys = append(keys, limit{s.workload.Rooms[i].Quota.Document, s.workload.Rooms[i].Hard.Name})
		}
		return keys
	})
	for _, k := range order {
		var room *workload.Room
		var shares []workload.Share
		for _, s := range of[k] {
			for i := range s.workload.Rooms {
				if r := &s.workload.Rooms[i]; r.Quota.Document == k.quota && r.Hard.Name == k.name {
					room = r
				}
			}
			shares = append(shares, workload.Share{Workload: s.workload, Pods: s.extra()})
		}
		asked, left, short := room.Asked(shares)
		if asked == "" {
			continue
		}
		one := Combination{Over: k.quota.Label(), Workloads: namesOf(of[k]), Short: short}
		one.Text = fmt.Sprintf("the surges of %s together ask for %s more of %s, and %s leaves %s", listed(one.Workloads), asked, k.name, k.quota.Label(), left)
		list = append(list, one)
	}
	return list
}

// namespacesTogether adds up the peaks of the rollouts of one namespace.
func namespacesTogether(rolling []shared) (list []Combination) {
	order, of := grouped(rolling, func(s shared) []string { return []string{s.workload.Document.Namespace} })
	for _, namespace := range order {
		var peak, physical, before int64
		var asked workload.Sum
		guessed := false // nobody told how many nodes a DaemonSet is for
		for _, s := range of[namespace] {
			p := s.plan.Plan
			peak, physical, before = peak+p.PeakPods, physical+p.PeakPodsWithTerminating, before+int64(p.Replicas.From)
			asked.Add(s.workload, max(0, p.PeakPods-int64(p.Replicas.From)))
			guessed = guessed || s.workload.Kind == workload.DaemonSet && s.workload.Nodes == nil && p.Replicas.From == workload.DefaultNodes
		}
		name := "the namespace that is applied to"
		if namespace != "" {
			name = "namespace " + namespace
		}
		one := Combination{Over: name, Workloads: namesOf(of[namespace])}
		one.Text = fmt.Sprintf("%d workloads of %s roll out at the same time: together up to %d pods, %d with terminating ones, where %d ran before", len(of[namespace]), name, peak, physical, before)
		if more := asked.String(); more != "" {
			one.Text += ", which asks for " + more + " more"
		}
		if guessed {
			one.Text += fmt.Sprintf(", if a DaemonSet is for %d nodes (--nodes says otherwise)", workload.DefaultNodes)
		}
		list = append(list, one)
	}
	return list
}

// nodesTogether holds the peaks of all rollouts against what the nodes have.
func nodesTogether(rolling []shared, pool *workload.Pool) []Combination {
	var asked workload.Sum
	have := pool.Allocatable()
	for _, s := range rolling {
		asked.Add(s.workload, s.plan.Plan.PeakPods)
	}
	if have.String() == "" || asked.String() == "" {
		return nil
	}
	over := nodes(workload.Places{Of: len(pool.Nodes)})
	return []Combination{{Over: over, Workloads: namesOf(rolling), Short: asked.Exceeds(&have),
		Text: fmt.Sprintf("at their peaks the %d rollouts ask for %s, and %s %s %s", len(rolling), asked.String(), over, verb(len(pool.Nodes), "has", "have"), have.String())}}
}
