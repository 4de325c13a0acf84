package play

import (
	"cmp"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/oracle/apiserver"
	"github.com/rollcast/rollcast/oracle/cluster"
)

// inOrder returns the names of all nodes in the order in which a scenario takes
// some of several; README.md has it in words.
func (d *daemonSet) inOrder(w apiserver.World) []string {
	pods := map[string][]*corev1.Pod{} // that do not terminate, in the order of their creation
	going := map[string][]int{}        // revisions of those that do
	for _, pod := range apiserver.List[*corev1.Pod](w, apiserver.Pods) {
		node := pod.Spec.NodeName
		if cluster.Terminating(pod) {
			going[node] = append(going[node], d.of(pod))
		} else {
			pods[node] = append(pods[node], pod)
		}
	}
	var names []string
	for _, node := range apiserver.List[*corev1.Node](w, apiserver.Nodes) {
		names = append(names, node.Name)
		slices.SortStableFunc(pods[node.Name], func(a, b *corev1.Pod) int {
			return a.CreationTimestamp.Compare(b.CreationTimestamp.Time)
		})
		slices.Sort(going[node.Name])
	}
	slices.SortStableFunc(names, func(a, b string) int {
		return cmp.Or(
			slices.CompareFunc(pods[a], pods[b], func(a, b *corev1.Pod) int {
				return cmp.Or(cmp.Compare(d.of(a), d.of(b)), d.longestReady(a, b))
			}),
			slices.Compare(going[a], going[b]),
		)
	})
	return names
}

// longestReady puts the pod first that has been ready for longer, and one that
// waits last.
func (d *daemonSet) longestReady(a, b *corev1.Pod) int {
	if !cluster.Ready(a) || !cluster.Ready(b) {
		switch {
		case cluster.Ready(a):
			return -1
		case cluster.Ready(b):
			return 1
		}
		return 0
	}
	since := func(pod *corev1.Pod) time.Duration { return min(d.Now().Sub(cluster.ReadySince(pod)), d.oldest) }
	return cmp.Compare(since(b), since(a))
}

// longestMinReady is the longest minReadySeconds that a scenario ever has.
func longestMinReady(script trace.Text) (longest time.Duration) {
	look := func(fields trace.Fields) {
		f := form{fields: fields}
		if n := f.long("minReadySeconds"); n != nil {
			longest = max(longest, time.Duration(*n)*time.Second)
		}
	}
	look(script.Spec)
	for _, a := range script.Acts {
		look(a.Fields)
	}
	return longest
}
