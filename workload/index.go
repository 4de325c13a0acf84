package workload

import (
	"maps"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/selection"
)

// maxScanned bounds the selectors of a namespace that name no label value, such
// as `{}`, and so have to be tried one by one. Nobody writes a thousand.
const maxScanned = 1000

// An index finds the selectors that match a pod's labels without trying each.
// A selector is filed under one label that a matching pod must have, the rarest
// of its own among all selectors: with app=web and part-of=shop, shared by all
// its neighbours, under app=web.
type index struct {
	entries []entry
	byLabel map[label][]int // made at the first match
	scanned map[string][]int
	seen    map[string][]int // by namespace and labels: replicas of one chart have the same
}

type entry struct {
	namespace string
	selector  labels.Selector
	needs     [][]label // each: one of these labels must be there
}

type label struct{ namespace, key, value string }

func newIndex() *index { return &index{} }

func (x *index) add(namespace string, selector labels.Selector) {
	e := entry{namespace: namespace, selector: selector}
	requirements, _ := selector.Requirements()
	for _, req := range requirements {
		switch req.Operator() {
		case selection.Equals, selection.DoubleEquals, selection.In:
			var need []label
			for _, value := range slices.Sorted(maps.Keys(req.Values())) {
				need = append(need, label{namespace, req.Key(), value})
			}
			e.needs = append(e.needs, need)
		}
	}
	x.entries = append(x.entries, e)
}

// build files each entry under its rarest need.
func (x *index) build() {
	count := map[label]int{}
	for _, e := range x.entries {
		for _, need := range e.needs {
			for _, l := range need {
				count[l]++
			}
		}
	}
	x.byLabel, x.scanned, x.seen = map[label][]int{}, map[string][]int{}, map[string][]int{}
	for i, e := range x.entries {
		if len(e.needs) == 0 {
			if list := x.scanned[e.namespace]; len(list) < maxScanned {
				x.scanned[e.namespace] = append(list, i)
			}
			continue
		}
		rarest := slices.MinFunc(e.needs, func(a, b []label) int { return weight(count, a) - weight(count, b) })
		for _, l := range rarest {
			x.byLabel[l] = append(x.byLabel[l], i)
		}
	}
}

func weight(count map[label]int, need []label) (sum int) {
	for _, l := range need {
		sum += count[l]
	}
	return sum
}

// match returns the entries that match the labels, in the order they were
// added, at most maxJoined.
func (x *index) match(namespace string, set map[string]string) []int {
	if len(x.entries) == 0 {
		return nil
	}
	if x.byLabel == nil {
		x.build()
	}
	keys := slices.Sorted(maps.Keys(set))
	var b strings.Builder
	b.WriteString(namespace)
	for _, k := range keys {
		b.WriteString("\x00" + k + "\x00" + set[k])
	}
	if found, ok := x.seen[b.String()]; ok {
		return found
	}
	var found []int
	for _, i := range x.candidates(namespace, set) {
		if len(found) < maxJoined && x.entries[i].selector.Matches(labels.Set(set)) {
			found = append(found, i)
		}
	}
	x.seen[b.String()] = found
	return found
}

// candidates are the entries that have to be tried, in order.
func (x *index) candidates(namespace string, set map[string]string) []int {
	list := slices.Clone(x.scanned[namespace])
	for k, v := range set {
		list = append(list, x.byLabel[label{namespace, k, v}]...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}
