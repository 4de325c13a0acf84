package workload

import (
	"slices"
	"strings"

	"github.com/rollcast/rollcast/manifest"
	"k8s.io/apimachinery/pkg/api/resource"
)

// A Pool is the nodes that pods can be placed on: so many that nothing else is
// known of, or those of a file of Node objects.
type Pool struct {
	Count int32
	Nodes []Node // nil where only their number is known
}

// A Node is what a Node object says of where pods fit.
type Node struct {
	Name        string
	Labels      map[string]string
	Taints      []Taint // that keep pods away: NoSchedule and NoExecute
	CPU, Memory *resource.Quantity
	Pods        int64 // how many pods it takes at most, 110 where it does not say
}

// A Taint keeps away the pods that do not tolerate it.
type Taint struct{ Key, Value, Effect string }

// ReadNodes reads the Node objects among documents. One that is cordoned takes no
// new pod and is left out.
func ReadNodes(docs []*manifest.Document) (nodes []Node) {
	for _, d := range docs {
		if d.Kind != "Node" || d.APIVersion != "v1" || word(d, "spec", "unschedulable") == "true" {
			continue
		}
		r := &reader{doc: d}
		n := Node{Name: d.Name, Pods: 110, CPU: r.quantity(manifest.Keys("status", "allocatable", "cpu")), Memory: r.quantity(manifest.Keys("status", "allocatable", "memory"))}
		n.Labels, _ = r.strings(manifest.Keys("metadata", "labels"))
		if q := r.quantity(manifest.Keys("status", "allocatable", "pods")); q != nil {
			n.Pods = q.Value()
		}
		for _, t := range itemsOf(d.Root.At(manifest.Keys("spec", "taints"))) {
			if effect := wordOf(t, "effect"); effect == "NoSchedule" || effect == "NoExecute" {
				n.Taints = append(n.Taints, Taint{wordOf(t, "key"), wordOf(t, "value"), effect})
			}
		}
		nodes = append(nodes, n)
	}
	return nodes
}

// Eligible is on how many nodes the pods of a workload may run.
func (p *Pool) Eligible(w *Workload) (n int32) {
	if p.Nodes == nil {
		return p.Count
	}
	for i := range p.Nodes {
		if w.keptOff(&p.Nodes[i]) == "" {
			n++
		}
	}
	return n
}

// Places is how many pods of a workload run at the same time at most, and why not
// more.
type Places struct {
	Pods  int64
	Most  int64 // on the one node that takes the most
	Nodes int   // that take at least one
	Of    int   // all nodes of the pool
	Why   string
}

// Places counts the places that a pool has for the pods of a workload, as if
// nothing else ran on it: an upper bound, so that what it says does not fit does
// not. Pods that mount a ReadWriteOnce claim share one node, those of a
// ReadWriteOncePod claim are one.
//
// Example: 3 nodes with 4 CPU, pods that request 1500m: 2 on each, 6 places. With
// hostPort 8080 or a required anti-affinity: 1 on each, 3 places.
func (p *Pool) Places(w *Workload) Places {
	v := p.places(w)
	for _, c := range w.Claims {
		switch {
		case w.Kind == StatefulSet || !c.SingleNode() || v.Pods <= 1:
		case slices.Contains(c.AccessModes, "ReadWriteOncePod"):
			v.Pods, v.Why = 1, "claim "+c.Document.Name+" is ReadWriteOncePod"
		case v.Pods > v.Most:
			v.Pods, v.Why = v.Most, "claim "+c.Document.Name+" is ReadWriteOnce, so that all pods share one node"
			if most := v.Most; most == 1 && len(w.Pod.Placement.Exclusive) > 0 {
				v.Why += ", and " + w.Pod.Placement.Exclusive[0].Text + " lets one run there"
			}
		}
	}
	return v
}

func (p *Pool) places(w *Workload) Places {
	why := ""
	most := int64(1) << 40
	if e := w.Pod.Placement.Exclusive; len(e) > 0 {
		most, why = 1, e[0].Text+" lets one pod run on a node"
	}
	v := Places{Of: len(p.Nodes), Why: why}
	if p.Nodes == nil {
		v.Of, v.Nodes, v.Most = int(p.Count), int(p.Count), most
		if v.Pods = most; most == 1 {
			v.Pods = int64(p.Count)
		}
		if pin := w.Pod.Placement.Pinned; pin != nil && v.Nodes > 0 {
			v.Nodes, v.Pods = 1, most
		}
		return v
	}
	refused := map[string]int{}
	for i := range p.Nodes {
		n := &p.Nodes[i]
		if reason := w.keptOff(n); reason != "" {
			refused[reason]++
			continue
		}
		fits, bound := w.onNode(n)
		if fits = min(fits, most); fits == 0 {
			refused[bound]++
			continue
		}
		if fits < most && (why == "" || most > 1) {
			v.Why = bound
		}
		v.Nodes++
		v.Pods += fits
		v.Most = max(v.Most, fits)
	}
	if v.Nodes == 0 || v.Nodes < v.Of && most == 1 {
		reason, times := "", 0
		for r, n := range refused { // the most frequent, the first of them by name
			if n > times || n == times && r < reason {
				reason, times = r, n
			}
		}
		if v.Why == "" || v.Nodes == 0 {
			v.Why = reason
		} else {
			v.Why += ", and " + reason + " keeps it off others"
		}
	}
	return v
}

// onNode is how many pods fit on an empty node by their requests, and what binds.
func (w *Workload) onNode(n *Node) (pods int64, bound string) {
	pods, bound = n.Pods, "the limit of pods on a node"
	for _, r := range []struct {
		each, have *resource.Quantity
		name       string
	}{{w.Pod.Requests.CPU, n.CPU, "cpu"}, {w.Pod.Requests.Memory, n.Memory, "memory"}} {
		if r.each == nil || r.have == nil || r.each.Sign() <= 0 {
			continue
		}
		if fits := floor(r.have.MilliValue(), r.each.MilliValue()); fits < pods {
			pods, bound = max(0, fits), "the "+r.name+" request of "+r.each.String()
		}
	}
	return pods, bound
}

// keptOff is why the pods may not run on a node, "" where they may: its taints,
// the node selector and what affinity requires of its labels.
func (w *Workload) keptOff(n *Node) string {
	r := &reader{doc: w.Document}
	spec := w.Pod.Path
	selector, _ := r.strings(r.in(spec, "nodeSelector"))
	for key, value := range selector {
		if n.Labels[key] != value {
			return "nodeSelector"
		}
	}
	terms := itemsOf(w.Document.Root.At(spec.Append(manifest.Keys("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms")...)))
	if len(terms) > 0 && !slices.ContainsFunc(terms, func(t *manifest.Node) bool { return matchesTerm(t, n) }) {
		return "nodeAffinity"
	}
	tolerations := itemsOf(w.Document.Root.At(r.in(spec, "tolerations")))
	for _, t := range n.Taints {
		if !slices.ContainsFunc(tolerations, func(o *manifest.Node) bool { return tolerates(o, t) }) {
			if w.Kind == DaemonSet && strings.HasPrefix(t.Key, "node.kubernetes.io/") {
				continue // the controller adds tolerations of these
			}
			return "taint " + t.Key
		}
	}
	return ""
}

// tolerates reports whether a toleration covers a taint.
//
// Mirrors Toleration.ToleratesTaint.
func tolerates(o *manifest.Node, t Taint) bool {
	if e := wordOf(o, "effect"); e != "" && e != t.Effect {
		return false
	}
	key := wordOf(o, "key")
	if wordOf(o, "operator") == "Exists" {
		return key == "" || key == t.Key
	}
	return key == t.Key && wordOf(o, "value") == t.Value
}

// matchesTerm reports whether a node's labels and name match a term of a node
// affinity. What it cannot read it takes for a match.
func matchesTerm(term *manifest.Node, n *Node) bool {
	for _, field := range []string{"matchExpressions", "matchFields"} {
		for _, e := range itemsOf(term.Get(field)) {
			value, has := n.Labels[wordOf(e, "key")]
			if field == "matchFields" {
				value, has = n.Name, true
			}
			in := slices.ContainsFunc(itemsOf(e.Get("values")), func(v *manifest.Node) bool { return v.Text == value })
			ok := true
			switch wordOf(e, "operator") {
			case "In":
				ok = has && in
			case "NotIn":
				ok = !has || !in
			case "Exists":
				ok = has
			case "DoesNotExist":
				ok = !has
			}
			if !ok {
				return false
			}
		}
	}
	return len(term.Pairs) > 0
}
