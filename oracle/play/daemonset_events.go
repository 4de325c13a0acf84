package play

import (
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
		if n := f.opt("up"); n != nil {
			err = d.up(int(*n))
			break
		}
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
		pods, err := first(slices.SortedStableFunc(slices.Values(g.ready), d.longestReady), n)
		if err != nil {
			return err
		}
		return d.SetReady(w, pods, false, d.Now())
	default:
		ready := slices.SortedStableFunc(slices.Values(g.ready), d.longestReady)
		pods, err := first(append(ready, g.waiting...), n)
		if err != nil {
			return err
		}
		return deletePods(w, pods)
	}
}

// nodes are the nodes that are down, or up, in their order.
func (d *daemonSet) nodes(w apiserver.World, down bool) (some []*corev1.Node) {
	byName := map[string]*corev1.Node{}
	for _, node := range apiserver.List[*corev1.Node](w, apiserver.Nodes) {
		byName[node.Name] = node
	}
	for _, name := range d.inOrder(w) {
		if node := byName[name]; apiserver.Unreachable(node) == down {
			some = append(some, node)
		}
	}
	return some
}

// down takes nodes down. The node controller taints them, which a DaemonSet's
// pods tolerate, and says that their pods are not ready.
func (d *daemonSet) down(w apiserver.World, n int) error {
	pods := slices.DeleteFunc(apiserver.List[*corev1.Pod](w, apiserver.Pods), cluster.Terminating)
	nodes := d.nodes(w, false)
	if n > len(nodes) {
		return refuse(fmt.Sprintf("there are %d nodes that are up, not %d", len(nodes), n))
	}
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

// up brings nodes back: they lose their taints, and what waits, waits. Then
// their kubelets end what terminates, unless the scenario says when that is.
func (d *daemonSet) up(n int) error {
	back := map[string]bool{}
	err := d.Server.Do(func(w apiserver.World) error {
		nodes := d.nodes(w, true)
		if n > len(nodes) {
			return refuse(fmt.Sprintf("there are %d nodes that are down, not %d", len(nodes), n))
		}
		for _, node := range nodes[:n] {
			back[node.Name] = true
			err := apiserver.Change(w, apiserver.Nodes, node, func(node *corev1.Node) error {
				node.Spec.Taints = nil
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || d.graceful() {
		return err
	}
	if err := d.Settle(); err != nil {
		return err
	}
	return d.Server.Do(func(w apiserver.World) error {
		for _, pod := range apiserver.List[*corev1.Pod](w, apiserver.Pods) {
			if back[pod.Spec.NodeName] && cluster.Terminating(pod) {
				if err := w.Reap(pod); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
