package play

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/oracle/apiserver"
	"github.com/rollcast/rollcast/oracle/cluster"
	"github.com/rollcast/rollcast/planner"
)

// eventNode takes nodes down or up.
const eventNode planner.EventType = "node"

// act implements player.
func (d *daemonSet) act(a trace.Act) error {
	f := &form{fields: a.Fields}
	var err error
	switch planner.EventType(a.Type) {
	case planner.EventUpdate:
		d.templates++
		err = d.edit(func(_ apiserver.World, o *appsv1.DaemonSet) error {
			setTemplate(&o.Spec.Template, d.templates)
			editDaemonSet(&o.Spec, f)
			return f.done()
		})
	case planner.EventEdit:
		err = d.edit(func(_ apiserver.World, o *appsv1.DaemonSet) error {
			editDaemonSet(&o.Spec, f)
			return f.done()
		})
	case planner.EventUndo:
		to := f.int("to", 0)
		err = d.edit(func(w apiserver.World, o *appsv1.DaemonSet) error {
			template, err := d.undoTarget(w, int(to))
			if err == nil {
				o.Spec.Template = *template
			}
			return err
		})
	case planner.EventWait:
		return d.Pass(f.duration("time"))
	case planner.EventReady, planner.EventUnready, planner.EventDelete, planner.EventTerminated, eventNode:
		err = d.Server.Do(func(w apiserver.World) error { return d.happen(w, planner.EventType(a.Type), f) })
	default:
		return refuse(fmt.Sprintf("%s has no meaning for a DaemonSet", a.Type))
	}
	if err == nil {
		err = f.done()
	}
	if err != nil {
		return err
	}
	return d.Settle()
}

// edit changes the object as a user does.
func (d *daemonSet) edit(edit func(apiserver.World, *appsv1.DaemonSet) error) error {
	time.Sleep(time.Second) // revisions differ in their creationTimestamp
	return d.Server.Do(func(w apiserver.World) error {
		return apiserver.Change(w, apiserver.DaemonSets, d.object(w), func(o *appsv1.DaemonSet) error { return edit(w, o) })
	})
}

// happen does what happens to pods and nodes.
func (d *daemonSet) happen(w apiserver.World, event planner.EventType, f *form) error {
	groups := d.reachable(w, d.groups(w, apiserver.List[*corev1.Pod](w, apiserver.Pods)))
	switch event {
	case planner.EventTerminated:
		return reap(w, groups)
	case eventNode:
		if n := f.opt("up"); n != nil {
			return d.up(w, int(*n))
		}
		return d.down(w, int(f.int("down", 1)))
	}
	number, n := f.int("revision", 0), f.int("pods", 1)
	i := slices.IndexFunc(groups, func(g *group) bool { return g.revision == int(number) })
	if i < 0 {
		return refuse(fmt.Sprintf("there is no revision %d", number))
	}
	g := groups[i]
	switch event {
	case planner.EventReady:
		pods, err := first(g.waiting, n)
		if err != nil {
			return err
		}
		return d.SetReady(w, pods, true, d.Now())
	case planner.EventUnready:
		pods, err := first(byReadiness(g.ready), n)
		if err != nil {
			return err
		}
		return d.SetReady(w, pods, false, d.Now())
	default:
		pods, err := first(append(byReadiness(g.ready), g.waiting...), n)
		if err != nil {
			return err
		}
		return deletePods(w, pods)
	}
}

// down takes nodes down: those whose pods have the oldest revision first. The
// node controller taints them, which a DaemonSet's pods tolerate, and says
// that their pods are not ready.
func (d *daemonSet) down(w apiserver.World, n int) error {
	pods := slices.DeleteFunc(apiserver.List[*corev1.Pod](w, apiserver.Pods), cluster.Terminating)
	revision := map[string]int{}
	for _, pod := range pods {
		if r := revision[pod.Spec.NodeName]; r == 0 || d.of(pod) < r {
			revision[pod.Spec.NodeName] = d.of(pod)
		}
	}
	nodes := slices.DeleteFunc(apiserver.List[*corev1.Node](w, apiserver.Nodes), apiserver.Unreachable)
	if n > len(nodes) {
		return refuse(fmt.Sprintf("there are %d nodes that are up, not %d", len(nodes), n))
	}
	slices.SortStableFunc(nodes, func(a, b *corev1.Node) int { return cmp.Compare(revision[a.Name], revision[b.Name]) })
	for _, node := range nodes[:n] {
		err := apiserver.Change(w, apiserver.Nodes, node, func(node *corev1.Node) error {
			node.Spec.Taints = append(node.Spec.Taints,
				corev1.Taint{Key: corev1.TaintNodeUnreachable, Effect: corev1.TaintEffectNoSchedule},
				corev1.Taint{Key: corev1.TaintNodeUnreachable, Effect: corev1.TaintEffectNoExecute})
			return nil
		})
		if err != nil {
			return err
		}
		var there []*corev1.Pod
		for _, pod := range pods {
			if pod.Spec.NodeName == node.Name && cluster.Ready(pod) {
				there = append(there, pod)
			}
		}
		if err := d.SetReady(w, there, false, d.Now()); err != nil {
			return err
		}
	}
	return nil
}

// up brings nodes back. Their kubelets end what terminates, unless the
// scenario says when that is; what waits, waits.
func (d *daemonSet) up(w apiserver.World, n int) error {
	nodes := slices.DeleteFunc(apiserver.List[*corev1.Node](w, apiserver.Nodes), func(node *corev1.Node) bool { return !apiserver.Unreachable(node) })
	if n > len(nodes) {
		return refuse(fmt.Sprintf("there are %d nodes that are down, not %d", len(nodes), n))
	}
	for _, node := range nodes[:n] {
		err := apiserver.Change(w, apiserver.Nodes, node, func(node *corev1.Node) error {
			node.Spec.Taints = nil
			return nil
		})
		if err != nil {
			return err
		}
		for _, pod := range apiserver.List[*corev1.Pod](w, apiserver.Pods) {
			if pod.Spec.NodeName == node.Name && cluster.Terminating(pod) && !d.graceful() {
				if err := w.Reap(pod); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
